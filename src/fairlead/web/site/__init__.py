"""What joins the features: settings, addresses, the base page, and how the server is started."""

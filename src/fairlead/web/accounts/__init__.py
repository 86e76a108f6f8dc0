"""Who signs in: by e-mail address and password or passkey, with a second factor where wanted."""

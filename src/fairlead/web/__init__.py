"""The workbench: a web application in which a team runs its due diligence. It holds no rule of the domain.

One folder per feature, each a Django application with its models, views, addresses and templates; `site` joins them.
"""

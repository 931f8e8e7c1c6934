"""What goes out to councils: templates, data dictionary, metadata, lists of errors.

Everything here is made from the contracts and the closed lists, so that what a council
is told to send is what the rules check. Nothing here reads a warehouse.
"""

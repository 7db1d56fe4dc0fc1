"""The preview: a site that is made again and shown as soon as a source is saved.

The build is the ordinary one, into folders of its own. Everything happens in
three places: `watching` says that something may have changed, `preview` makes
the site anew (in the main thread, where a conversion can be stopped), and
`server` shows it to browsers (each request in a thread of its own).
"""

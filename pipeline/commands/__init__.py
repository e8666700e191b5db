"""One file a command of `dygjuhe`, imported only when it is called, so that `dygjuhe --help` answers at once."""

"""Actions to and from issue trackers over HTTP, one module a tracker."""

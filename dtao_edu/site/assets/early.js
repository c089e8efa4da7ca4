// Before anything is drawn: say that scripts run, and take the reader's theme.
"use strict";
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("dtao-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* a browser that keeps nothing: the system's theme it is */ }

// Comfort for the keyboard. Everything works without it.
"use strict";

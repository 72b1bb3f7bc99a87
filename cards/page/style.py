"""The page's one style sheet: light and dark, from 320 pixels, at any zoom, on paper. Contrast is AA at least."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Final

STYLE: Final = """
:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--soft:#575757;--line:#767676;--act:#0b4f95;--on-act:#fff;
--good:#1d6b30;--warning:#8a5200;--attention:#b3141d;--accent:#0b4f95;--focus:#1b1b1b}
@media (prefers-color-scheme:dark){:root{--ground:#16181c;--text:#f2f2f2;--soft:#b9bcc2;--line:#8b8f97;--act:#9cc5fb;
--on-act:#0d1420;--good:#8fd6a0;--warning:#f2b866;--attention:#ffb1ab;--accent:#9cc5fb;--focus:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1.125rem/1.55 "Segoe UI",Arial,sans-serif;
overflow-wrap:anywhere;hyphens:auto}
main,header,footer{max-width:42rem;margin:0 auto;padding:0 1rem}
header{padding-top:1rem;color:var(--soft)}
footer{padding-bottom:2rem;color:var(--soft);font-size:1rem}
h1{font-size:1.6rem;line-height:1.25;margin:.75rem 0 1rem}
h2{font-size:1.2rem;line-height:1.35;margin:1.75rem 0 .5rem}
h3{font-size:1.05rem;line-height:1.4;margin:1.25rem 0 .25rem}
p{margin:0 0 1rem}
.small{font-size:1rem;color:var(--soft)}
.text{white-space:pre-line}
a{color:var(--act)}
:focus-visible,:focus{outline:3px solid var(--focus);outline-offset:3px}
h1:focus{outline:0}
.note{border:1px solid var(--line);border-left:.5rem solid var(--line);padding:.5rem .75rem;margin:0 0 1rem}
.good{border-color:var(--good)}.warning{border-color:var(--warning)}
.attention{border-color:var(--attention)}.accent{border-color:var(--accent)}
dl{margin:0 0 1rem}
dl div{padding:.375rem 0;border-bottom:1px solid var(--line)}
dt{font-weight:600}
dd{margin:0}
@media (min-width:36rem){dl div{display:grid;grid-template-columns:38% 1fr;gap:1rem}}
ul.plain{list-style:none;margin:0 0 1rem;padding:0}
ul.plain li{margin:.25rem 0}
details{margin:0 0 1rem;border:1px solid var(--line);padding:.5rem .75rem}
summary{cursor:pointer;font-weight:600;min-height:1.75rem}
details[open] summary{margin-bottom:.5rem}
form{margin:0 0 1rem}
fieldset{border:1px solid var(--line);border-radius:.25rem;margin:0 0 1rem;padding:.75rem;min-width:0}
fieldset fieldset{border:0;padding:0}
legend{font-weight:600;padding:0 .25rem;max-width:100%}
fieldset fieldset legend{padding:0}
.field{margin:0 0 1.25rem}
label,.label{display:block;font-weight:600;margin:0 0 .25rem}
.hint{color:var(--soft);font-size:1rem;margin:0 0 .25rem}
.error{color:var(--attention);font-weight:600;margin:0 0 .25rem}
.wrong{border-left:.375rem solid var(--attention);padding-left:.75rem}
input[type=text],textarea,select{width:100%;max-width:100%;font:inherit;color:inherit;background:var(--ground);
border:2px solid var(--line);border-radius:.25rem;padding:.5rem .625rem;min-height:2.75rem}
textarea{min-height:8rem}
.tick{display:flex;gap:.75rem;align-items:flex-start;padding:.375rem 0;min-height:2.75rem}
.tick label{font-weight:400;margin:0;flex:1;min-width:0}
.tick input{width:1.5rem;height:1.5rem;flex:none;margin:.125rem 0 0}
button{font:inherit;font-weight:600;color:var(--act);background:var(--ground);border:2px solid var(--act);
border-radius:.25rem;padding:.625rem 1rem;min-height:3rem;width:100%;text-align:center;
cursor:pointer;white-space:normal}
button.first{color:var(--on-act);background:var(--act)}
button.away{color:var(--attention);border-color:var(--attention)}
button:hover{text-decoration:underline}
@media (min-width:36rem){button{width:auto;min-width:14rem}}
@media (forced-colors:active){.note,.wrong,fieldset,details{border-color:CanvasText}}
@media print{button{display:none}body{font-size:11pt;color:#000;background:#fff}
details::details-content{content-visibility:visible;block-size:auto}}
""".strip()

STYLE_HASH: Final = "sha256-" + b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
"""For the answer's Content-Security-Policy: this style and no other."""

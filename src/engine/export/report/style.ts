/** The looks of a report: light and dark after the reader's system, and light on paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1a1d23; --quiet: #565d6b; --line: #e3e5ea; --surface: #fff; --sunken: #f0f1f4;
  --accent: #4f52b8; --running: #0a66c2; --succeeded: #17753f; --failed: #c22727; --retrying: #8f5f00;
  --succeeded-fill: #3f9d67; --failed-fill: #d9484a; --retrying-fill: #d9a23c; --canceled-fill: #b4b9c4; --running-fill: #3d8fe0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ec; --quiet: #aab1be; --line: #2b2f37; --surface: #16181d;
  --sunken: #24282f; --accent: #8a8eef; --running: #62aef5; --succeeded: #5cc489; --failed: #f28b87; --retrying: #dfab4f; } }
@media print { :root { color-scheme: light; } section { break-inside: avoid; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1080px; background: var(--surface); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 24px; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 40px 0 12px; font-size: 16px; }
p { margin: 4px 0; }
.quiet { color: var(--quiet); }
.figures { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 16px 0; padding: 0; }
.figures dt { color: var(--quiet); font-size: 12px; }
.figures dd { margin: 0; font-size: 20px; }
.states { display: flex; height: 10px; margin: 16px 0 8px; border-radius: 5px; overflow: hidden; background: var(--sunken); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; font-size: 12px; }
.legend i { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 2px; }
figure { margin: 0 0 24px; }
figcaption { margin-bottom: 4px; color: var(--quiet); font-size: 12px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--quiet); font-size: 11px; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 4px 12px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; max-width: 420px; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
th { color: var(--quiet); font-weight: 500; white-space: nowrap; background: var(--sunken); }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
code, pre { font: 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.failed { color: var(--failed); }
a { color: var(--accent); }
`;

/** Light and dark by the reader's own setting; nothing is fetched. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf7, #15171c);
  --panel: light-dark(#ffffff, #1d2027);
  --line: light-dark(#dedad0, #343945);
  --text: light-dark(#22252b, #e4e6eb);
  --quiet: light-dark(#5d636e, #a0a7b4);
  --accent: light-dark(#1f5aa6, #82b4f5);
  --good: light-dark(#1d7a44, #6bcf95);
  --bad: light-dark(#b3362c, #f08a80);
  --warn: light-dark(#8a5a00, #e9b65c);
  --warn-ground: light-dark(#fff4dc, #33290f);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main, .top { max-width: 1240px; margin: 0 auto; padding: 0 20px; }
.top { padding-top: 28px; }
h1 { margin: 0; font-size: 26px; letter-spacing: -0.01em; }
h1 time { white-space: nowrap; }
h2 { margin: 40px 0 4px; font-size: 19px; }
h3 { margin: 12px 0 2px; font-size: 13px; color: var(--quiet); }
p { margin: 4px 0 12px; }
section > p, .sub { color: var(--quiet); }
.badge { display: inline-block; padding: 2px 10px; border-radius: 99px; border: 1px solid currentColor; font-size: 13px; font-weight: 600; vertical-align: 4px; margin-left: 10px; }
.COMPLETED, .succeeded, .bullish { color: var(--good); }
.FAILED, .failed, .bearish { color: var(--bad); }
.PARTIAL, .UNFINISHED, .cancelled, .cause { color: var(--warn); }
.skipped, .neutral { color: var(--quiet); }
.notice { background: var(--warn-ground); border-left: 4px solid var(--warn); padding: 10px 14px; border-radius: 4px; margin: 16px 0; }
nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 14px 0 0; }
a { color: var(--accent); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 10px; margin: 18px 0 0; padding: 0; }
.facts div { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.facts dt { color: var(--quiet); font-size: 13px; }
.facts dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; max-height: 80vh; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { padding: 6px 12px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
.sorted > thead th { position: sticky; top: 0; background: var(--panel); z-index: 1; box-shadow: 0 1px var(--line); }
th { font-size: 13px; font-weight: 600; color: var(--quiet); }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th[aria-sort="ascending"] button::after { content: " ↑"; }
th[aria-sort="descending"] button::after { content: " ↓"; }
.number { text-align: right; }
#failures td:last-child { white-space: normal; min-width: 320px; overflow-wrap: anywhere; }
.tag { font-size: 11px; color: var(--warn); border: 1px solid currentColor; border-radius: 4px; padding: 0 4px; white-space: nowrap; }
.bar { display: inline-flex; width: 260px; height: 12px; background: light-dark(#eceae4, #2a2e37); border-radius: 3px; overflow: hidden; vertical-align: middle; }
summary { cursor: pointer; }
.figures { width: auto; margin: 6px 0; font-size: 13px; }
.figures td, .figures th { padding: 2px 10px; border: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; padding: 0; margin: 0 0 10px; font-size: 13px; color: var(--quiet); }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; }
.part.bollinger, .key.bollinger { background: #4269d0; }
.part.atr, .key.atr { background: #efb118; }
.part.rsi, .key.rsi { background: #ff725c; }
.part.obv, .key.obv { background: #6cc5b0; }
.part.sma, .key.sma { background: #3ca951; }
.part.relativeVolume, .key.relativeVolume { background: #ff8ab7; }
.part.catalyst, .key.catalyst { background: #a463f2; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 370px), 1fr)); gap: 14px; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; overflow-wrap: anywhere; }
.card header { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: baseline; }
.card p { margin: 6px 0; }
.card ul { margin: 0; padding-left: 18px; }
.fallback { border-style: dashed; }
.conviction { color: var(--quiet); font-size: 13px; margin-left: auto; }
.action { font-weight: 600; }
footer { max-width: 1240px; margin: 40px auto 30px; padding: 0 20px; color: var(--quiet); font-size: 13px; }
@media print { .scroll { max-height: none; overflow: visible; } nav { display: none; } }
`;

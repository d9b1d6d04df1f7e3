/** Light and dark by the reader's own setting; nothing is fetched. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf7, #15171c);
  --panel: light-dark(#ffffff, #1d2027);
  --line: light-dark(#dedad0, #343945);
  --grid: light-dark(#eceae4, #2a2e37);
  --text: light-dark(#22252b, #e4e6eb);
  --quiet: light-dark(#5d636e, #a0a7b4);
  --good: light-dark(#1d7a44, #6bcf95);
  --bad: light-dark(#b3362c, #f08a80);
  --warn: light-dark(#8a5a00, #e9b65c);
  --warn-ground: light-dark(#fff4dc, #33290f);
  --one: light-dark(#2464c4, #79aef8);
  --two: light-dark(#c2570c, #f2a65e);
  --three: light-dark(#7b808a, #8d94a1);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main, .top { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
.top { padding-top: 28px; }
h1 { margin: 0; font-size: 26px; letter-spacing: -0.01em; }
h2 { margin: 40px 0 4px; font-size: 19px; }
h3 { margin: 0 0 2px; font-size: 14px; }
section > h3 { margin: 18px 0 6px; }
figcaption { font-size: 13px; margin-bottom: 10px; }
p { margin: 4px 0 12px; }
section > p, .sub, figcaption { color: var(--quiet); }
.badge { display: inline-block; padding: 2px 10px; border-radius: 99px; border: 1px solid currentColor; font-size: 13px; font-weight: 600; vertical-align: 4px; margin-left: 10px; letter-spacing: 0; }
.PROMOTED, .COMPLETED, .passed { color: var(--good); }
.FAILED, .failed { color: var(--bad); }
.REJECTED, .DEGRADED, .CANCELLED { color: var(--warn); }
.notice { background: var(--warn-ground); border-left: 4px solid var(--warn); padding: 10px 14px; border-radius: 4px; margin: 16px 0; }
.notice li { white-space: pre-line; overflow-wrap: anywhere; }
.notice ul { margin: 4px 0 0; padding-left: 20px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 18px 0 0; }
.facts div { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.facts dt { color: var(--quiet); font-size: 13px; }
.facts dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.facts small { display: block; font-size: 12px; font-weight: 400; color: var(--quiet); }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; margin: 0; overflow-x: auto; }
.panel.broad svg { min-width: 620px; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 14px; }
.scroll { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { padding: 6px 14px; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { font-size: 13px; color: var(--quiet); }
th { font-weight: 600; }
.number { text-align: right; }
.wide td:last-child { white-space: normal; min-width: 300px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--quiet); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg .grid-line { stroke: var(--grid); stroke-width: 1; }
svg .axis { stroke: var(--line); stroke-width: 1; }
svg .series { fill: none; stroke-width: 1.7; stroke-linejoin: round; }
svg .area { stroke: none; opacity: 0.16; }
.one { stroke: var(--one); } .two { stroke: var(--two); } .three { stroke: var(--three); }
.fill-one { fill: var(--one); } .fill-two { fill: var(--two); } .fill-three { fill: var(--three); }
svg .mark { stroke: var(--two); stroke-dasharray: 3 3; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; list-style: none; padding: 0; margin: 0 0 8px; font-size: 13px; color: var(--quiet); }
.key { display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: 3px; }
.key.one { background: var(--one); } .key.two { background: var(--two); } .key.three { background: var(--three); }
.bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: 6px 12px; align-items: center; font-size: 13px; margin: 0; }
.bars dt, .bars dd { margin: 0; }
.bars .number { font-variant-numeric: tabular-nums; }
.bar { display: block; height: 12px; background: var(--grid); border-radius: 3px; overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--one); }
.bar i.over { background: var(--bad); }
@media (max-width: 520px) { td, th { padding: 6px 8px; } }
footer { max-width: 1120px; margin: 40px auto 30px; padding: 0 20px; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
`;

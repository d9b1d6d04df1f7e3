export const PAGE_STYLE = `
:root {
  --back: #f6f7f9; --card: #fff; --ink: #1b2430; --dim: #64707f; --edge: #dfe3e8; --bar: #4a7dbd;
  --ok: #1d7a46; --degraded: #9a6400; --down: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #12161c; --card: #1a2029; --ink: #e4e8ee; --dim: #94a0b0; --edge: #2c3541; --bar: #5b8fd0;
    --ok: #58c48a; --degraded: #e0a83c; --down: #f2877e;
  }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 68rem; padding: 1rem; background: var(--back); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif }
h1 { font-size: 1.3rem; margin: .4rem 0 1rem }
h2 { font-size: 1.05rem; margin: 0 0 .7rem; overflow-wrap: anywhere }
h3 { font-size: .8rem; margin: 1rem 0 .3rem; color: var(--dim); font-weight: 600 }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: .6rem; padding: 1rem; margin-bottom: 1rem }
.pill { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem;
  font-size: .78rem; font-weight: 600; vertical-align: middle; color: var(--dim) }
.ok { color: var(--ok) } .degraded { color: var(--degraded) } .down { color: var(--down) }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .6rem }
.tile { border: 1px solid var(--edge); border-radius: .5rem; padding: .45rem .6rem }
.tile b { display: block; font-size: 1.15rem; font-variant-numeric: tabular-nums; font-weight: 600 }
.tile span { color: var(--dim); font-size: .78rem }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 2rem }
table { border-collapse: collapse; width: 100% }
td { padding: .18rem .5rem .18rem 0; border-bottom: 1px solid var(--edge); vertical-align: top; overflow-wrap: anywhere }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td.share { width: 35%; padding-right: 0 }
.share i { display: block; height: .55rem; margin-top: .35rem; border-radius: .2rem; background: var(--bar) }
.why { color: var(--dim); font-size: .85rem }
ol { list-style: none; margin: 0; padding: 0; max-height: 22rem; overflow: auto }
ol li { padding: .2rem 0; border-bottom: 1px solid var(--edge); overflow-wrap: anywhere }
time { color: var(--dim); font-variant-numeric: tabular-nums; margin-right: .6rem }
`;

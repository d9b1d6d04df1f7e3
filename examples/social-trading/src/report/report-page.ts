import type { SocialLedger } from '../ledger/social-ledger.ts';
import { Html, html } from './html.ts';

/** Nothing is fetched, not even by markup that slipped through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 1100px; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem; }
.notice { border-left: 4px solid #b8860b; padding: .5rem 1rem; background: light-dark(#fff4dc, #33290f); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem; text-align: left; border-bottom: 1px solid light-dark(#ddd, #444); vertical-align: top; }
th { font-size: .85rem; }
`;

type Row = Readonly<Record<string, unknown>>;

const TABLES: readonly { readonly title: string; readonly sql: string }[] = [
  {
    title: 'What became of the messages',
    sql: `SELECT status, count(*) AS messages FROM results GROUP BY status ORDER BY 2 DESC`,
  },
  {
    title: 'Why',
    sql: `SELECT status, reason, count(*) AS messages FROM results WHERE status NOT IN ('executed', 'duplicate')
      GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 40`,
  },
  {
    title: 'Orders',
    sql: `SELECT datetime(opened_at / 1000, 'unixepoch') AS opened, ticker, side, quantity, round(price, 2) AS price,
      round(stop, 2) AS stop, round(target, 2) AS target,
      coalesce(datetime(closed_at / 1000, 'unixepoch'), 'open') AS closed, coalesce(close_reason, '') AS "by",
      coalesce(round(close_price, 2), '') AS "left at", coalesce(round(profit, 2), '') AS profit,
      (SELECT count(*) FROM order_messages WHERE order_key = key) AS messages FROM orders ORDER BY opened_at, key`,
  },
  {
    title: 'What a closed gate kept from being traded',
    sql: `SELECT datetime(at / 1000, 'unixepoch') AS at, ticker, side, quantity, round(price, 2) AS price,
      (SELECT group_concat(value, '; ') FROM json_each(reasons)) AS reasons FROM gate_records ORDER BY at LIMIT 60`,
  },
  {
    title: 'Authors',
    sql: `SELECT author, count(*) AS signals, sum(outcome = 'right') AS right, sum(outcome = 'wrong') AS wrong
      FROM signals GROUP BY author HAVING right + wrong > 0 ORDER BY right * 1.0 / (right + wrong) DESC, 1`,
  },
];

/** The ledger in one file that opens anywhere: no server, no network. Times are UTC. */
export function reportPage(ledger: Pick<SocialLedger, 'rows'>, market: string): string {
  const sections = TABLES.map(({ title, sql }) => section(title, ledger.rows(sql)));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<title>Social trading</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<h1>Social trading</h1>
<p class="notice"><strong>Not a market, and no advice.</strong> Posts are GENERATED; ${market}. Orders are on paper. Times are UTC.</p>
${sections}
</body>
</html>
`.text;
}

function section(title: string, rows: readonly Row[]): Html {
  const [first] = rows;
  if (first === undefined) return html`<section><h2>${title}</h2><p>None.</p></section>`;
  const heads = Object.keys(first).map((name) => html`<th scope="col">${name}</th>`);
  const lines = rows.map((row) => {
    const cells = Object.values(row).map((value) => html`<td>${String(value ?? '')}</td>`);
    return html`<tr>${cells}</tr>`;
  });
  return html`<section><h2>${title}</h2><div class="scroll"><table><thead><tr>${heads}</tr></thead>
<tbody>${lines}</tbody></table></div></section>`;
}

import { type Html, html } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string;
  /** What a click on the title sorts by; left out: the text of the cell. A number also aligns to the right. */
  readonly value?: (row: Row) => number;
  /** Its numbers are sorted by, and do not line up. */
  readonly wide?: boolean;
}

/** A table whose titles sort it where scripts run, and that reads as well where they do not. */
export function sortedTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const titles = columns.map(({ title, value, wide }) => {
    const kind = value === undefined || wide === true ? '' : 'number';
    return html`<th scope="col" class="${kind}" aria-sort="none"><button type="button">${title}</button></th>`;
  });
  const lines = rows.map((row) => {
    const cells = columns.map(({ cell, value, wide }) => {
      if (value === undefined) return html`<td>${cell(row)}</td>`;
      const kind = wide === true ? 'wide' : 'number';
      return html`<td class="${kind}" data-value="${value(row)}">${cell(row)}</td>`;
    });
    return html`<tr>${cells}</tr>
`;
  });
  return html`<div class="scroll"><table class="sorted"><thead><tr>${titles}</tr></thead>
<tbody>${lines}</tbody></table></div>`;
}

/** Sorts a table by the column whose title is clicked, down first for numbers. Runs in the browser. */
export const sortScript = `
for (const button of document.querySelectorAll('table.sorted th button')) {
  button.addEventListener('click', () => {
    const title = button.closest('th');
    const body = title.closest('table').tBodies[0];
    const isNumber = [...body.rows].some((row) => row.cells[title.cellIndex].dataset.value !== undefined);
    const before = title.getAttribute('aria-sort');
    const down = before === 'none' ? isNumber : before === 'ascending';
    for (const other of title.parentNode.cells) other.setAttribute('aria-sort', 'none');
    title.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const key = (row) => {
      const cell = row.cells[title.cellIndex];
      return isNumber ? Number(cell.dataset.value) : cell.textContent;
    };
    const compare = (a, b) => (isNumber ? key(a) - key(b) : key(a).localeCompare(key(b)));
    const rows = [...body.rows].sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
    body.append(...rows);
  });
}
`;

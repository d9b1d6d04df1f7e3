/**
 * Solves A x = b for a symmetric, positive definite A by the factors of Cholesky. A is row by row, and both are
 * overwritten; the solution is in b.
 * @returns false where A is not positive definite
 */
export function solvePositive(a: Float64Array, b: Float64Array): boolean {
  const size = b.length;
  const at = (row: number, column: number): number => a[row * size + column] as number;
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = at(row, column);
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      if (row === column && !(sum > 0)) return false;
      a[row * size + column] = row === column ? Math.sqrt(sum) : sum / at(column, column);
    }
  }
  for (let row = 0; row < size; row++) {
    let sum = b[row] as number;
    for (let k = 0; k < row; k++) sum -= at(row, k) * (b[k] as number);
    b[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = b[row] as number;
    for (let k = row + 1; k < size; k++) sum -= at(k, row) * (b[k] as number);
    b[row] = sum / at(row, row);
  }
  return true;
}

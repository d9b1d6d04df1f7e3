import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { instruments } from '../market/instrument.ts';
import { sampleTable, tablesOf } from '../testing-local/sample.ts';
import { type Book, emptyBook } from './book.ts';
import { markToMarket } from './mark-to-market.ts';

/** Every instrument flat at 100 but stocks and gold. */
function tablesWith(stocks: readonly number[], gold: readonly number[]) {
  const flat = instruments.map(({ series }) =>
    sampleTable(
      series,
      '2000-01-03',
      stocks.map(() => 100),
    ),
  );
  const moving = [
    sampleTable('SP500', '2000-01-03', stocks),
    sampleTable('GOLD', '2000-01-03', gold),
  ];
  return tablesOf(...flat, ...moving);
}

const book: Book = {
  ...emptyBook,
  date: '2000-01-03',
  priced: '2000-01-03',
  weights: { SPX: 0.5, GOLD: -0.2 },
  attribution: { SPX: { trend: 0.75, view: 0.25 }, GOLD: { trend: 1 } },
};

describe('marking a book to market', () => {
  it('lets equity and weights follow the prices', () => {
    // Stocks +10 %, gold +5 %: .5 x .1 - .2 x .05 = .04.
    const mark = markToMarket(book, tablesWith([100, 110], [100, 105]), dayOf('2000-01-04'));
    expect(mark.equityDollars).toBeCloseTo(1_040_000, 6);
    expect(mark.weights.SPX).toBeCloseTo(0.55 / 1.04, 12);
    expect(mark.weights.GOLD).toBeCloseTo(-0.21 / 1.04, 12);
    expect(mark).toMatchObject({ days: 1, drawdown: 0 });
  });

  it('splits the last day by class and by strategy', () => {
    // Second day: stocks 110 to 99 lose 10 % of .5 x 1.1 / 1.05; gold stands.
    const mark = markToMarket(
      book,
      tablesWith([100, 110, 99], [100, 100, 100]),
      dayOf('2000-01-05'),
    );
    const lost = -0.1 * (0.55 / 1.05);
    expect(mark.lastDayByClass.equity).toBeCloseTo(lost, 12);
    expect(mark.lastDayByClass.commodity).toBeCloseTo(0, 12);
    expect(mark.lastDayByStrategy.trend).toBeCloseTo(0.75 * lost, 12);
    expect(mark.lastDayByStrategy.view).toBeCloseTo(0.25 * lost, 12);
  });

  it('measures drawdown from the highest equity on the way', () => {
    // 1.05 million, then 1.05 x (1 - .1 x .55 / 1.05) = .995 million: 1 - .995 / 1.05.
    const mark = markToMarket(
      book,
      tablesWith([100, 110, 99], [100, 100, 100]),
      dayOf('2000-01-05'),
    );
    expect(mark.highWaterDollars).toBeCloseTo(1_050_000, 6);
    expect(mark.drawdown).toBeCloseTo(1 - 0.995 / 1.05, 12);
  });

  it('leaves a book alone that has seen no new prices, and one that holds nothing', () => {
    const same = markToMarket(book, tablesWith([100], [100]), dayOf('2000-01-03'));
    expect(same).toMatchObject({ equityDollars: 1_000_000, days: 0, weights: book.weights });
    const empty = markToMarket(emptyBook, tablesWith([100, 90], [100, 100]), dayOf('2000-01-04'));
    expect(empty).toMatchObject({ equityDollars: 1_000_000, days: 0, weights: {} });
  });

  it('lets a position without a current price stand still while the others move', () => {
    const stocks = Array.from({ length: 10 }, (_, at) => 100 + at);
    const moving = tablesWith(stocks, stocks);
    const stale = { ...moving, GOLD: sampleTable('GOLD', '2000-01-03', [100]) };
    const mark = markToMarket(book, stale, dayOf('2000-01-12'));
    // Stocks +9 % on .5; gold, nine days old, counts 0.
    expect(mark.equityDollars).toBeCloseTo(1_045_000, 6);
    expect(mark.weights.GOLD).toBeCloseTo(-0.2 / 1.045, 12);
  });
});

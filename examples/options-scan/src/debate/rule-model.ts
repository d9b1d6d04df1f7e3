import type { DebateModel, Question } from './debate-model.ts';
import { FACTOR_NAMES } from './describe-finalist.ts';
import type { Finalist } from './finalist.ts';
import type { Thesis } from './thesis.ts';

const STRONG = 70;
const WEAK = 30;
const COSTLY_VOLATILITY = 0.6;
const WORTH_IT = 6;

/** Argues by fixed rules on the breakdown: the same finalist gets the same thesis, with no network and no chance. */
export class RuleModel implements DebateModel {
  readonly name = 'rule-based';

  async check(): Promise<void> {}

  async ask({ voice, finalist }: Question): Promise<string> {
    switch (voice) {
      case 'bull':
        return argument(
          'For',
          finalist,
          factorsWhere(finalist, (value) => value >= STRONG),
        );
      case 'bear':
        return argument('Against', finalist, [
          ...factorsWhere(finalist, (value) => value <= WEAK),
          ...risksOf(finalist),
        ]);
      case 'risk':
        return JSON.stringify(decide(finalist));
      default:
        return voice satisfies never;
    }
  }
}

function factorsWhere(
  { breakdown }: Finalist,
  holds: (percentile: number) => boolean,
): readonly string[] {
  const names = Object.keys(FACTOR_NAMES) as (keyof typeof FACTOR_NAMES)[];
  return names.flatMap((name) => {
    const { normalised } = breakdown[name] ?? { normalised: Number.NaN };
    return holds(normalised) ? [`${FACTOR_NAMES[name]} stands at ${normalised.toFixed(0)}`] : [];
  });
}

function argument(side: string, { ticker }: Finalist, points: readonly string[]): string {
  const said = points.length === 0 ? 'nothing stands out' : points.join('; ');
  return `${side} ${ticker}: ${said}.`;
}

function risksOf({ earnings, ivCrush, contract }: Finalist): readonly string[] {
  const decay = (100 * -contract.theta) / contract.mid;
  return [
    ...(ivCrush ? [`earnings ${when(earnings?.days)} may collapse implied volatility`] : []),
    ...(contract.impliedVolatility > COSTLY_VOLATILITY
      ? [`implied volatility of ${(100 * contract.impliedVolatility).toFixed(0)} % is dear`]
      : []),
    ...(decay > 0 ? [`the option loses ${decay.toFixed(1)} % a day to time`] : []),
  ];
}

function when(days = 0): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

/** A point of conviction for each ten of the score, one less for each strong risk. */
function decide(finalist: Finalist): Thesis {
  const { score, direction, contract } = finalist;
  const risks = risksOf(finalist);
  const conviction = Math.min(
    10,
    Math.max(1, Math.round(score / 10) - Math.max(0, risks.length - 1)),
  );
  const strong = factorsWhere(finalist, (value) => value >= STRONG);
  const option = `${contract.side} ${contract.strike} of ${contract.expiry}`;
  return {
    direction,
    conviction,
    entryRationale: `Score ${score.toFixed(1)}, trend ${direction}${strong.length === 0 ? '' : `; ${strong.join('; ')}`}.`,
    riskFactors: risks,
    action:
      conviction >= WORTH_IT ? `Buy the ${option} up to ${contract.ask.toFixed(2)}` : 'No trade',
  };
}

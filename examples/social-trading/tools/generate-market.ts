import { normals, seededRandom } from '@millrace/quant';

const MINUTE = 60_000;
const DAYS = ['2016-04-26', '2016-04-27'];

/** Minutes of the sessions of the replay, as they end: 09:31 to 16:00 in New York, summer time. */
function sessionMinutes(day: string): number[] {
  const open = Date.parse(`${day}T13:30:00Z`);
  return Array.from({ length: 390 }, (_, at) => open + (at + 1) * MINUTE);
}

/** Volumes with a quiet lunch, and a VIX that is calm on the first day and passes 25 and 30 on the second morning. */
export function generateIndex(seed: number): string {
  const normal = normals(seededRandom(seed));
  const rows = DAYS.flatMap((day, place) =>
    sessionMinutes(day).map((time, minute) => {
      const lunch = 1 - 0.35 * Math.exp(-(((minute - 190) / 70) ** 2));
      const volume = (usual: number) => Math.round(usual * lunch * Math.exp(0.22 * normal()));
      const fright = place === 0 ? 0 : 18 * Math.exp(-(((minute - 45) / 35) ** 2));
      const vix = 14.5 + fright + 0.15 * normal();
      return [time, volume(820_000), volume(470_000), vix.toFixed(2)].join(',');
    }),
  );
  return `time,SPY,QQQ,vix\n${rows.join('\n')}\n`;
}

/** Activity in options, a row each half hour. */
export function generateOptions(seed: number): string {
  const random = seededRandom(seed);
  const normal = normals(random);
  const rows = DAYS.flatMap((day) =>
    sessionMinutes(day)
      .filter((_, minute) => minute % 30 === 0)
      .map((time) => {
        const ratio = (1.4 * Math.exp(0.45 * normal())).toFixed(2);
        const rank = (100 * random()).toFixed(0);
        return [time, ratio, Number(random() < 0.25), rank].join(',');
      }),
  );
  return `time,volumeRatio,unusualActivity,ivRank\n${rows.join('\n')}\n`;
}

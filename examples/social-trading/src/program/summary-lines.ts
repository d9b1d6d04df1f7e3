import { FINAL_STATUSES } from '../flow/status-of.ts';
import { givenUp, type Summary } from './summary.ts';

const LABEL_WIDTH = 15;

/** What a person reads at the end. */
export function summaryLines(summary: Summary): readonly string[] {
  const { counts, buffered, posts, health } = summary;
  const line = (label: string, text: string): string => `${`${label}:`.padEnd(LABEL_WIDTH)}${text}`;
  const statuses = {
    ...Object.fromEntries(FINAL_STATUSES.map((name) => [name, 0])),
    ...counts.statuses,
  };
  return [
    line(
      'Posts',
      `${posts.posts}: ${posts.withoutTicker} name no share, ${posts.unreadable} cannot be read`,
    ),
    ...Object.entries(statuses).map(([status, count]) => line(status, String(count))),
    line('buffered', `${buffered} on their way, ${counts.buffered} now`),
    line('Conservation', conservation(summary)),
    line('Broker', brokerText(summary)),
    line('Gate', `${summary.gateRecords} trades recorded that a closed gate kept from being made`),
    line('Health', healthText(health)),
    line('Speed', speedText(summary)),
    ...(summary.failure === undefined ? [] : [line('Stopped by', summary.failure)]),
  ];
}

/** All that came in is decided, or given up, or known to be somewhere. */
export function conservation({ counts, decided }: Pick<Summary, 'counts' | 'decided'>): string {
  const { received, queued, running, buffered, unsent } = counts;
  const open = queued + running + buffered + unsent;
  const given = givenUp(counts);
  const isKept = received === decided + given + open;
  const rest = [
    ...(given === 0 ? [] : [` + ${given} given up`]),
    ...(open === 0 ? [] : [` + ${open} not decided yet`]),
  ].join('');
  return `${received} messages in ${isKept ? '=' : '≠'} ${decided} with a final status${rest}`;
}

function brokerText({ broker }: Summary): string {
  const { orders, open, stopped, reachedTarget, realised } = broker;
  const sign = realised < 0 ? '-' : '';
  const made = `${sign}$${Math.abs(realised).toFixed(2)}`;
  return `paper, ${orders} orders: ${stopped} stopped, ${reachedTarget} reached their target, ${open} open; realised ${made}`;
}

function healthText({ status, components }: Summary['health']): string {
  const unwell = components.filter((one) => one.status !== 'ok');
  const told = unwell.map(({ kind, name, status: how, reason }) => {
    return `${kind} ${name} ${how}${reason === undefined ? '' : ` (${reason})`}`;
  });
  return [status, ...told].join('; ');
}

function speedText({ counts, seconds }: Summary): string {
  return `${counts.received} messages in ${seconds.toFixed(1)} s, ${Math.round(counts.received / seconds)} a second`;
}

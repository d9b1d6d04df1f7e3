import type { ObservedStream } from './observed-stream.ts';

interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly help: string;
}

type Labels = Readonly<Record<string, string>>;

const STATES = ['stopped', 'running', 'stopping'] as const;
const HEALTH = ['ok', 'degraded', 'down'] as const;

/** The figures of streams in the text format that Prometheus scrapes, version 0.0.4. */
export function prometheusText(streams: readonly ObservedStream[]): string {
  const lines = new MetricLines();
  for (const stream of streams) addStream(lines, stream);
  return lines.text;
}

function addStream(lines: MetricLines, { name: stream, metrics, health }: ObservedStream): void {
  const { counts, latency, eventLoopDelay } = metrics;
  lines.add(RECEIVED, { stream }, counts.received);
  for (const [status, count] of Object.entries(counts.statuses)) {
    lines.add(ENDED, { stream, status }, count);
  }
  for (const place of ['queued', 'running', 'buffered', 'unsent'] as const) {
    lines.add(OPEN, { stream, place }, counts[place]);
  }
  for (const [quantile, ms] of [
    ['0.5', latency.p50Ms],
    ['0.99', latency.p99Ms],
    ['0.999', latency.p999Ms],
  ] as const) {
    if (ms !== null) lines.add(LATENCY, { stream, quantile }, ms / 1000);
  }
  lines.add({ ...LATENCY, name: `${LATENCY.name}_count` }, { stream }, latency.count);
  if (eventLoopDelay !== null) lines.add(LOOP_DELAY, { stream }, eventLoopDelay.p99Ms / 1000);
  lines.add(SOURCE_FAILURES, { stream }, metrics.sourceFailures);
  lines.add(SINK_FAILURES, { stream }, metrics.sinkFailures);
  lines.add(GENERATION, { stream }, metrics.generation);
  for (const state of STATES) lines.add(STATE, { stream, state }, Number(health.state === state));
  for (const { kind, name: component, status: now } of health.components) {
    for (const status of HEALTH) {
      lines.add(COMPONENT, { stream, kind, component, status }, Number(now === status));
    }
  }
}

/** Samples by their metric, since those of one stand together under its heading. */
class MetricLines {
  readonly #byMetric = new Map<string, string[]>();

  add({ name, type, help }: Metric, labels: Labels, value: number): void {
    const family = name.replace(/_count$/, '');
    let lines = this.#byMetric.get(family);
    if (lines === undefined) {
      lines = [`# HELP ${family} ${help}`, `# TYPE ${family} ${type}`];
      this.#byMetric.set(family, lines);
    }
    const told = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    lines.push(`${name}{${told.join(',')}} ${value}`);
  }

  get text(): string {
    return [...this.#byMetric.values()]
      .flat()
      .map((line) => `${line}\n`)
      .join('');
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

const RECEIVED: Metric = {
  name: 'millrace_stream_received_total',
  type: 'counter',
  help: 'Messages that were accepted.',
};
const ENDED: Metric = {
  name: 'millrace_stream_messages_total',
  type: 'counter',
  help: 'Messages with a final status.',
};
const OPEN: Metric = {
  name: 'millrace_stream_open_messages',
  type: 'gauge',
  help: 'Messages without a final status, by where they are.',
};
const LATENCY: Metric = {
  name: 'millrace_stream_latency_seconds',
  type: 'summary',
  help: 'From acceptance to final status, of messages that never were in the buffer.',
};
const LOOP_DELAY: Metric = {
  name: 'millrace_stream_event_loop_delay_seconds',
  type: 'gauge',
  help: 'How late the event loop is, 99th percentile.',
};
const SOURCE_FAILURES: Metric = {
  name: 'millrace_stream_source_failures_total',
  type: 'counter',
  help: 'Errors of the source since the start.',
};
const SINK_FAILURES: Metric = {
  name: 'millrace_stream_sink_failures_total',
  type: 'counter',
  help: 'Errors of the sink since the start.',
};
const GENERATION: Metric = {
  name: 'millrace_stream_generation',
  type: 'gauge',
  help: 'The present stages and values; counts up with each swap.',
};
const STATE: Metric = {
  name: 'millrace_stream_state',
  type: 'gauge',
  help: '1 for the state that the stream is in.',
};
const COMPONENT: Metric = {
  name: 'millrace_stream_component',
  type: 'gauge',
  help: '1 for the status that the component has.',
};

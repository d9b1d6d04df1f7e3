type Example = readonly [command: string, meaning: string];

/** Shown below the options of each command. */
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  run: [
    ['millrace run', 'the config of this folder'],
    ['millrace run daily.pipeline.yaml --param date=2026-11-20', 'with another value of a param'],
    [
      'millrace run --set stages.score.with.window=30 --dry-run',
      'what would run, with a changed value',
    ],
    ['millrace run --until score', 'score and what it needs, and nothing else'],
    ['millrace run --context prices="[1, 2, 3]"', 'for a pipeline with inputs: [prices]'],
    ['millrace run --events events.jsonl --strict', 'for a script'],
  ],
  resume: [
    ['millrace resume', 'the newest unfinished run'],
    ['millrace resume 20261121-124945-f7a3u54n', 'a run by its id, or by a part of it'],
    ['millrace resume daily.pipeline.yaml --dry-run', 'what would be kept, and why the rest runs'],
    ['millrace resume --from score', 'score and what needs it once more'],
  ],
  undo: [
    ['millrace undo latest --dry-run', 'what of the newest run can be taken back'],
    ['millrace undo 20261121-124945-f7a3u54n', 'all that its stages can take back'],
    ['millrace undo latest --from charge', 'charge and what needs it'],
  ],
  plan: [
    ['millrace plan', 'what a new run would do'],
    ['millrace plan 20261121-124945-f7a3u54n', 'what a resume of that run would do'],
  ],
  validate: [
    ['millrace validate', 'the config of this folder'],
    ['millrace validate *.pipeline.yaml --json', 'several, for a script'],
  ],
  fork: [
    [
      'millrace fork latest --set stages.score.with.window=30',
      'the newest run with a changed value',
    ],
    [
      'millrace fork 20261121-124945-f7a3u54n --from score',
      'score and what needs it, in a run of their own',
    ],
    ['millrace fork latest --context prices="[1, 2, 3]" --dry-run', 'what it would do'],
  ],
  capsule: [
    ['millrace capsule', 'what failed first in the newest run'],
    ['millrace capsule score --out score.json', 'a stage of the newest run'],
    ['millrace capsule 20261121-124945-f7a3u54n score --attempt 1', 'of another run'],
  ],
  replay: [
    ['millrace replay score.json', 'in the folder of the project'],
    ['millrace replay score.json --inspect', 'with a debugger'],
    ['millrace replay score.json --with window=30', 'with another param'],
    ['millrace replay score.json --uses stages/score.ts', 'the class alone, without a config'],
  ],
  verify: [
    ['millrace verify', 'the config of this folder, killed at every point'],
    ['millrace verify --points 20 --seed 7 --json', 'a part of it, for a script'],
    ['millrace verify --sample 10%', 'are stages deterministic? Outcomes of the newest run'],
  ],
  runs: [
    ['millrace runs', 'the newest 20'],
    ['millrace runs --pipeline daily --status failed', 'failed ones of one pipeline'],
  ],
  show: [
    ['millrace show', 'the newest run'],
    ['millrace show --stage score', 'one stage with its attempts and whole stack'],
    ['millrace show --stage score --items', 'each item of a mapped stage'],
    ['millrace show 20261121-124945-f7a3u54n --context prices', 'a value of its context'],
    ['millrace show --events --json', 'its events as JSON lines'],
    ['millrace show --at score', 'the context as score saw it'],
    ['millrace show --after score --context prices', 'a value as score left it'],
  ],
  schedule: [
    ['millrace schedule daily.pipeline.yaml --cron "0 6 * * 1-5" --tz Europe/Berlin', 'at six'],
    ['millrace schedule daily.pipeline.yaml --cron "0 6 * * *" --dry-run', 'the next times'],
    [
      'millrace schedule scan.yaml --cron "*/15 * * * *" --missed run-once -- --set concurrency=8',
      'with a flag of run',
    ],
  ],
  signal: [
    [`millrace signal latest approve --data '{ "ok": true }'`, 'the answer to waitFor("approve")'],
    ['millrace signal 20261121-124945-f7a3u54n approve --data-file answer.json', 'from a file'],
    ['millrace signal latest retry --stage ingest', 'for one stage alone, without data'],
  ],
  signals: [
    ['millrace signals', 'of the newest run'],
    ['millrace signals 20261121-124945-f7a3u54n --json', 'with the schema of the data'],
  ],
  blame: [
    ['millrace blame prices', 'in the newest run'],
    ['millrace blame prices 20261121-124945-f7a3u54n --json', 'in another one, for a script'],
  ],
  diff: [
    ['millrace diff', 'the newest run and the one before it'],
    ['millrace diff 20261120-124903-9ze0k4wd latest', 'two runs, the older one first'],
    ['millrace diff --key prices', 'where a value of the context differs'],
  ],
  graph: [
    ['millrace graph --direction LR > graph.mmd', 'the config of this folder, as Mermaid'],
    ['millrace graph daily.pipeline.yaml --out daily.svg', 'a picture for a browser or a page'],
    ['millrace graph 20261121-124945-f7a3u54n --out run.svg', 'a run, coloured by status'],
    ['millrace graph --format dot | dot -Tpdf > graph.pdf', 'with Graphviz'],
  ],
  config: [
    ['millrace config --env prod', 'the config with all its layers, as one'],
    ['millrace config --explain stages.score.with.window', 'where a value comes from'],
    ['millrace config daily.pipeline.yaml --explain stages.score', 'all values of a stage'],
  ],
  schema: [
    ['millrace schema --link', 'for the config of this folder, named in its first line'],
    ['millrace schema daily.pipeline.yaml --out daily.schema.json', 'into a file of your choice'],
  ],
  gc: [
    ['millrace gc --dry-run', 'what would go, and why the rest is kept'],
    ['millrace gc --keep 5 --keep-status failed', 'five finished runs of each pipeline'],
    ['millrace gc --older-than 90d --unfinished', 'all that is older, also what could be resumed'],
    ['millrace gc --delete-run 20261121-124945-f7a3u54n', 'one run'],
  ],
  init: [
    ['millrace init prices', 'in a new folder'],
    ['millrace init --name daily --yes', 'in this folder, without a question'],
  ],
  explain: [
    ['millrace explain STAGE_THREW', 'when it appears and what to do'],
    ['millrace explain', 'all codes'],
  ],
};

/** The examples of a command as they stand in its help; empty when it has none. */
export function helpExamples(name: string): string {
  const examples = EXAMPLES[name] ?? [];
  if (examples.length === 0) return '';
  const lines = examples.map(([command, meaning]) => `  ${command}\n      ${meaning}`);
  return `\nExamples:\n${lines.join('\n')}`;
}

/** What a column holds, by its name. */
type Columns = Readonly<Record<string, string>>;

export interface StoreTable {
  readonly text: string;
  readonly columns: Columns;
}

/** Of what was once a table and is a view now, whose rows then are kept under another name. */
const STAGE_COLUMNS = {
  run: 'The run id.',
  stage: 'The stage id.',
  commit_order: 'Place in the order of commits of the run.',
  status: '`succeeded`, `failed`, `skipped` or `cancelled`.',
  attempt: 'Number of the attempt that ended it; 0 when it never started.',
  fence: 'Which session of the run did it; see `runs.fence`. A kept stage has an older one.',
  started_at: 'When that attempt started.',
  finished_at: 'When it ended.',
  duration_ms: 'How long it took.',
  fingerprint: 'Digest of code, params and wiring; a resume compares it.',
  fallback: '1 when the stage failed and its fallback was used.',
  failure: 'Why it failed, as JSON: `reason`, `code`, `message`, `thrown`, ...',
  reason: 'Why it was skipped.',
  checksum: 'Guards the row against damage.',
  basis: 'What the outcome rests on, as JSON: code, params, inputs, files.',
  cache_key: 'By what other runs find it; NULL unless the stage is cacheable and succeeded.',
  origin_run: 'The run whose outcome was taken over; NULL when it ran here.',
  origin_attempt: 'The attempt of that run.',
  items:
    'Of a mapped stage, as JSON: how many items there were, failed, and were kept from before.',
};

const ATTEMPT_COLUMNS = {
  run: 'The run id.',
  stage: 'The stage id.',
  attempt: 'Counts from 1, across resumes.',
  start_order: 'Order in which attempts were started.',
  fence: 'Which session of the run made it.',
  status:
    '`running`, `succeeded`, `failed`, `cancelled`, `undone`, or `lost` when its process died.',
  started_at: 'When it started.',
  finished_at: 'When it ended.',
  failure: 'Why it failed, as JSON.',
};

const PATCH_COLUMNS = {
  run: 'The run id.',
  commit_order: 'The commit that wrote it; 0 for the initial context.',
  write_order: 'Place within that commit.',
  stage: 'The writer; NULL for the initial context.',
  attempt: 'The attempt of the writer.',
  key: 'The context key.',
  kind: '`value`: the whole value. `patch`: changes upon what the key was before.',
  hash: 'The value or the changes, in `values`.',
};

const EVENT_COLUMNS = {
  run: 'The run id.',
  seq: 'Counts from 1 within the run, without gaps.',
  at: 'When it happened.',
  type: '`stage.succeeded` and so on.',
  stage: 'The stage id; NULL for an event of the run.',
  attempt: 'The attempt; NULL where the event has none.',
  details: 'The other fields of the event, as JSON.',
};

/** What each table and column holds. A column without a text here fails the generator. */
export const STORE_TABLES: Readonly<Record<string, StoreTable>> = {
  runs: {
    text: 'One row per run.',
    columns: {
      number: 'Counts the runs of the file.',
      id: 'The run id.',
      pipeline: 'Name of the pipeline.',
      status:
        '`running`, `succeeded`, `degraded`, `failed` or `cancelled`. A run whose process died is still `running`.',
      created_at: 'When it was started.',
      finished_at: 'When it ended last; NULL while it runs.',
      duration_ms: 'Time spent on it, all resumes together.',
      fence: 'How often a process took the run: 1 for a run that was never resumed.',
      owner_host: 'Machine of the process that runs it; NULL when none does.',
      owner_pid: 'Process id of the owner.',
      owner_process_start: 'Start mark of the owner, because process ids are used again.',
      last_seq: 'Number of the newest event.',
      last_order: 'Number of the newest commit record.',
      source: 'Config file, folder and overrides that it was started with, as JSON.',
      checksum: 'Guards the row against damage.',
      beat: 'Grows with each commit, and every few seconds without one: a sign of life of the owner.',
      owner_lease_ms: 'So long the owner never leaves `beat` as it is; see the guide on resumes.',
      session_start_seq: 'What `last_seq` was when the owner took the run.',
    },
  },
  items: {
    text: 'The items of mapped stages, each as it last ended.',
    columns: {
      run: 'The run id.',
      stage: 'The stage id.',
      key: 'What names the item within its stage.',
      attempt: 'Attempt of the stage in which it last ran.',
      status: '`succeeded` or `failed`.',
      tries: 'How often it was tried in that attempt; 0 when a limit refused it.',
      started_at: 'When its first try in that attempt started.',
      duration_ms: 'How long all these tries took, the waits between them included.',
      item_hash: 'Identity of the content of the item; empty when it has none.',
      basis: 'Hash of the value that tells what the result rests on beside the item.',
      result: 'Hash of its result in `values`; NULL unless it succeeded.',
      failure: 'Why it failed, as JSON.',
      checksum: 'Guards the row against damage.',
    },
  },
  values: {
    text: 'Every value once, however many runs wrote it. `values` is a word of SQL: write `"values"`.',
    columns: {
      hash: 'SHA-256 of the stored form.',
      codec:
        '`json` for plain JSON, `devalue` for richer data as text, `bytes` for typed arrays and buffers.',
      version: 'Version of the codec.',
      type: 'For `bytes`: the class it comes back as.',
      byte_length: 'Size of the body.',
      body: 'The value. NULL when it lies in the folder `FILE.artifacts`, under its hash.',
    },
  },
  waits: {
    text: 'What stages wait for, or have waited for: one row per call of `waitFor` and `sleep`.',
    columns: {
      run: 'The run id.',
      stage: 'The stage id.',
      kind: '`signal` or `time`.',
      name: 'The signal that it waits for; empty for a time.',
      call: 'Counts the calls of an attempt with this name, from 1.',
      attempt: 'The attempt that waited last.',
      status: '`waiting`, `answered`, `timed-out` or `elapsed`.',
      since: 'When the first attempt began to wait.',
      timeout_ms: 'How long it waits at most, from `since` on; NULL for ever.',
      ended_at: 'When the wait was over.',
      signal: 'Number of the signal that is its answer.',
      refused: 'Numbers of the signals whose data it refused, as JSON.',
      schema: 'JSON Schema of the data; NULL where it is not known.',
      checksum: 'Guards the row against damage.',
    },
  },
  signals: {
    text: 'What was sent to runs with `millrace signal`.',
    columns: {
      run: 'The run id.',
      number: 'Counts from 1 within the run.',
      name: 'What `waitFor` names.',
      stage: 'The stage that it is for; NULL for each that waits for the name.',
      sent_at: 'When it was sent.',
      sender: 'Who sent it, as far as it is known.',
      codec: 'As of `values`, for the data of the signal.',
      version: 'Version of the codec.',
      type: 'For `bytes`: the class the data come back as.',
      hash: 'SHA-256 of the stored form.',
      byte_length: 'Size of the body.',
      body: 'The data.',
    },
  },
  checkpoints: {
    text: 'The newest outcome of each stage of a run, with what it wrote and the attempt that it ended.',
    columns: {
      place: '`runs.number` in the upper 32 bits, the order of the commit in the lower ones.',
      start_order: 'Order in which its attempt was started; NULL when it tells of none.',
      stage: 'The stage id.',
      status: '`succeeded`, `failed`, `skipped` or `cancelled`.',
      finished_at: 'When it ended.',
      cache_key: 'By what other runs find it; NULL unless the stage is cacheable and succeeded.',
      body: 'The other columns of `stages`, and those of `patches`, as JSON by place.',
      checksum: 'Guards the row against damage.',
    },
  },
  event_groups: {
    text: 'The events of a commit, a few hundred at most.',
    columns: {
      place: '`runs.number` in the upper 32 bits, the number of the last event in the lower ones.',
      first_seq: 'Number of the first event; the others follow without a gap.',
      at: 'When the first one happened.',
      body: 'One list per event, as JSON: its type (0 for `stage.started`, 1 for `stage.succeeded`), milliseconds after `at`, its fields.',
      checksum: 'Guards the row against damage.',
    },
  },
  attempts: {
    text: 'Attempts of which no checkpoint tells: those that go on, failed, died, were cancelled or undone, or were followed by another.',
    columns: ATTEMPT_COLUMNS,
  },
  stage_rows: {
    text: 'Outcomes as versions 1 to 5 of the tables had them. Empty in a store that is newer.',
    columns: STAGE_COLUMNS,
  },
  patch_rows: {
    text: 'The initial context of each run, and what outcomes wrote that others have replaced since.',
    columns: {
      ...PATCH_COLUMNS,
      commit_order:
        'The commit that wrote it; 0 for the initial context, -1 for the mark of a deleted run.',
    },
  },
  event_rows: {
    text: 'Events as versions 1 to 5 of the tables had them, one a row. Empty in a store that is newer.',
    columns: EVENT_COLUMNS,
  },
};

/** Views with the columns that tables once had. */
export const WIDE_VIEWS: Readonly<Record<string, StoreTable>> = {
  stages: {
    text: 'A view: the newest outcome of each stage of a run. A stage without a row has not ended yet.',
    columns: {
      ...STAGE_COLUMNS,
      basis:
        'What the outcome rests on, as JSON: code, params or shortParams, inputs, read, files.',
    },
  },
  all_attempts: {
    text: 'A view: one row per attempt of a stage, retries and resumes included.',
    columns: ATTEMPT_COLUMNS,
  },
  patches: {
    text: 'A view: what each stage wrote into the context, and the initial context.',
    columns: {
      ...PATCH_COLUMNS,
      hash: 'The value or the changes, in `values`; NULL for a short one of a newest outcome.',
      short: 'The value or the changes themselves, behind their codec: `json:5`.',
    },
  },
  events: {
    text: 'A view: what happened, in order. [Events](events.md) lists the fields of each type.',
    columns: EVENT_COLUMNS,
  },
};

/** What each view shows. */
export const STORE_VIEWS: Readonly<Record<string, string>> = {
  readable_runs: 'Runs, newest first, with times as text.',
  readable_stages: 'Stages in the order of commits, with times and failures as text.',
  readable_attempts: 'Attempts in the order of their start, with times and failures as text.',
  readable_writes:
    'What each stage wrote, in the order of commits, with the values, wherever they are kept.',
  readable_items: 'Items of mapped stages, with times and failures as text.',
  readable_waits: 'Waits, the longest first, with times as text.',
  readable_signals: 'Signals in the order in which they were sent, with times and data as text.',
  readable_events: 'Events in order, with times as text.',
};

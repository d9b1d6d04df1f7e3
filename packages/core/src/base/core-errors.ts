import type { ErrorCatalog } from './error-catalog.ts';

/** Codes of what the engine reports and throws, beside those of the codec and the graph. */
export const CORE_ERRORS = {
  ARTIFACT_CORRUPT: {
    title: 'An artifact is damaged',
    when: 'The stored bytes of an artifact no longer have the checksum they were stored under.',
    fix: 'Run the stage that wrote it again; check the disk.',
  },
  ARTIFACT_MISSING: {
    title: 'An artifact is not in the store',
    when: 'A stage reads an artifact whose content was deleted, or that belongs to another store.',
    fix: 'Run the stage that wrote it again, with the same store.',
  },
  CAPSULE_ATTEMPT_UNKNOWN: {
    title: 'The stage has no such attempt',
    when: 'A capsule of a numbered attempt was asked for, and the stage was never tried so often.',
    fix: 'Name one of the attempts that the message lists, or none for the newest.',
  },
  CAPSULE_INPUT_MISSING: {
    title: 'A capsule lacks an input',
    when: 'A replay needs an input that was left out of the capsule because it holds a secret or the store could not give it, or that the class declares only since.',
    fix: 'Give it with `--input NAME=VALUE`, or make the capsule anew.',
  },
  CAPSULE_INVALID: {
    title: 'A file cannot be used as a capsule',
    when: 'The file is no capsule, was cut off or edited, or a value in it does not fit its checksum. Nothing of it was executed.',
    fix: 'Make the capsule anew with `millrace capsule`. To replay with other values, use `--with` and `--input` instead of editing the file.',
  },
  CAPSULE_KEY_MISSING: {
    title: 'A stage looks up what its capsule does not have',
    when: 'In a replay a stage reads a context key that it does not declare, and that the capsule left out: for its size, or since the attempt is on record not to have read it.',
    fix: 'Give it with `--input KEY=VALUE`, make the capsule anew with `--whole`, or declare the key in the `inputs` of the stage.',
  },
  CAPSULE_NEWER: {
    title: 'A capsule was made by a newer Millrace',
    when: 'The file has a version that this Millrace does not know yet.',
    fix: 'Install the version of Millrace that made it, or a newer one.',
  },
  CAPSULE_TOO_LARGE: {
    title: 'A capsule would be too large to be read again',
    when: 'The values that a stage was given come to more than a reader can hold.',
    fix: 'Make the stage fail with smaller inputs, or let `millrace verify CONFIG --sample` replay it beside its store.',
  },
  CHECKPOINT_CORRUPT: {
    title: 'A checkpoint is damaged',
    when: 'What a finished stage wrote cannot be read from the store any more, or has another checksum than was recorded.',
    fix: 'Resume the run: a damaged stage counts as not done and runs again. Check the disk.',
  },
  CIRCUIT_OPEN: {
    title: 'A stage did not start, since the circuit of its limit is open',
    when: 'So many attempts in a row failed that use a limit with a `breaker`, and the limit says `onOpen: fail`.',
    fix: 'Mend what the limit stands for, and resume the run. With `onOpen: wait` stages wait until it works again.',
  },
  CONTEXT_MISSING: {
    title: 'An input of the pipeline was not given',
    when: 'The pipeline lists keys under `inputs` that its caller must give when a run starts, and one is missing.',
    fix: 'Give the key in the initial context, or take it out of `inputs`.',
  },
  DEFINITION_INVALID: {
    title: 'A pipeline written in code has a wrong field',
    when: '`definePipeline` was given a field of the wrong type or a key that it does not know.',
    fix: 'Correct the field that the message names.',
  },
  DEPENDENCY_REPEATED: {
    title: 'A dependency is listed twice',
    when: 'The same stage stands twice in one `needs`. A warning: it changes nothing, but is often a slip for another name.',
    fix: 'Take one of them out.',
  },
  DEPENDENCY_SELF: {
    title: 'A stage needs itself',
    when: 'A stage lists its own id in `needs`.',
    fix: 'Take it out, or put the id that was meant.',
  },
  DEPENDENCY_UNKNOWN: {
    title: 'A dependency is not a stage',
    when: '`needs` names an id that the pipeline does not have.',
    fix: 'Correct the id; the message suggests the nearest one.',
  },
  FALLBACK_INVALID: {
    title: 'A fallback is not what the stage returns',
    when: "The value given as `fallback` does not match the stage's own output schema or cannot be stored; or the stage given as `fallback` reads or returns other keys than the stage that it stands in for.",
    fix: 'Give all outputs of the stage, in their types, or a stage with the same inputs and outputs.',
  },
  INPUT_MISMATCH: {
    title: 'A stage reads what its provider does not give',
    when: 'The output schema of the stage that provides a key, or its value in the initial context, does not fit the input schema of a stage that reads it.',
    fix: 'Change one of the two schemas, or let the stage read another key with `reads`.',
  },
  INPUT_MISSING: {
    title: 'Nobody before a stage writes what it reads',
    when: 'A declared input is written by no ancestor of the stage and is not in the initial context.',
    fix: 'Add the writer to `needs`, give the key under `context`, or list it under `inputs` if the caller gives it.',
  },
  INPUT_UNKNOWN: {
    title: 'A stage reads no such input',
    when: 'A replay was given a value by a name that the stage neither declares nor could look up.',
    fix: "Correct the name: it is the stage's own, not the context key. The message suggests the nearest one.",
  },
  INVARIANT_BROKEN: {
    title: 'Millrace has a bug',
    when: 'Something that Millrace relies on turned out not to hold.',
    fix: 'Report it with the command and the config that led to it. What was committed is safe: resume the run.',
  },
  ITEMS_FAILED: {
    title: 'Too many items of a mapped stage failed',
    when: 'More items failed for good than the `failureBudget` of the stage allows, which by default is none.',
    fix: 'Mend what made them fail and resume: items that are done are kept. `millrace show RUN --stage STAGE` lists them. If some may fail, set `map.failureBudget`.',
  },
  LEASE_LOST: {
    title: 'Another process took the run over',
    when: 'A process tried to write a run that a newer owner holds, for instance after it was frozen for longer than its lease while a process of another machine resumed the run.',
    fix: 'Nothing: the newer owner goes on, and nothing of this process was written after the takeover.',
  },
  LIMIT_COST_TOO_HIGH: {
    title: 'A stage takes more of a limit than there is',
    when: 'One attempt of a stage would take more slots than the limit has, or more calls than its rate ever allows.',
    fix: 'Lower the number in the `limits` of the stage, or raise `concurrency` and `rate.calls` of the limit.',
  },
  LIMIT_UNKNOWN: {
    title: 'A stage names a limit that the pipeline does not have',
    when: 'The `limits` of a stage hold a name that is not among the `limits` of its pipeline. Where only the class of the stage names it, this is a warning, and nothing is limited.',
    fix: 'Correct the name, or add the limit to the pipeline.',
  },
  MAP_INVALID: {
    title: 'A mapped stage does not know its items',
    when: '`map` names an input or output that the stage does not have, leaves out over which input it maps or into which output, or stands at a stage whose class does not work item by item.',
    fix: 'Name a declared input in `map.over` and a declared output in `map.into`; extend MappedStage and write runItem.',
  },
  PARAMS_INVALID: {
    title: 'A stage has a wrong param',
    when: "A value under `with` is refused by the stage's params schema, or the schema does not know its key.",
    fix: 'Correct the value; the message says what was got and what is expected.',
  },
  PIPELINE_EMPTY: {
    title: 'A pipeline has no stages',
    when: '`stages` is empty.',
    fix: 'Add a stage.',
  },
  PIPELINE_INVALID: {
    title: 'A pipeline cannot be built',
    when: 'One or more problems were found in a definition. The message lists all of them with their own codes.',
    fix: 'Correct each; nothing was run.',
  },
  RENAME_UNKNOWN: {
    title: 'A renamed key is none of the stage',
    when: '`reads` or `writes` names an input or output that the stage does not declare.',
    fix: 'Use the name that the stage declares; the message lists them.',
  },
  RUN_ALREADY_SUCCEEDED: {
    title: 'The run has succeeded',
    when: 'A resume was asked for a run in which every stage succeeded, and nothing has changed since.',
    fix: 'Nothing is left to do. To run stages again nevertheless, name them with `--from`, or start a new run.',
  },
  RUN_EXISTS: {
    title: 'The store already has this run',
    when: 'A run was created under an id that is taken.',
    fix: 'Start it again: ids are drawn by chance.',
  },
  RUN_HELD: {
    title: 'The run is being executed',
    when: 'A resume was asked for a run whose owner lives: its process is there, be it stopped, or it is on another machine and gave a sign of life. `millrace resume` follows such a run instead, unless it is given --no-follow, --dry-run, params or a selection. Or `millrace gc --delete-run` names such a run.',
    fix: 'Wait for it or stop it. A run whose process died is taken over without asking; one of another machine once it gave no sign of life for its lease, 30 seconds.',
  },
  RUN_NOT_FOUND: {
    title: 'The store has no such run',
    when: 'A run was asked for by an id that the store does not know.',
    fix: 'List the runs of the store with `millrace runs`.',
  },
  RUN_OTHER_PIPELINE: {
    title: 'The run belongs to another pipeline',
    when: 'A run was resumed with a pipeline of another name than the one it was started with.',
    fix: 'Give the config that it was started with.',
  },
  SECRET_IN_VALUE: {
    title: 'A value to be stored holds a secret',
    when: 'An output, an update, an artifact, a value of the initial context, or one given with `--param` or `--set` holds the value of a secret of the config, and would be written to the store.',
    fix: 'Return what was done with the secret, and never the secret. A stage that needs it gets it through its params; in a flag it is named, as the message shows.',
  },
  SELECTION_EMPTY: {
    title: 'No stage is selected',
    when: 'Every name in a selection is known, but no stage fits all of it; or `exclude` takes away what is left.',
    fix: 'Widen it; the message says how many stages each part means by itself. A comma means both, a space means either.',
  },
  SELECTION_INCOMPLETE: {
    title: 'A selected stage cannot run without one that is not selected',
    when: '`--select` or `--from` names a stage that needs another one, which is neither selected nor kept from an earlier attempt.',
    fix: 'Select what it needs too (`--select "+score"`), or resume a run that has it (`millrace resume RUN --from score`).',
  },
  SELECTION_SYNTAX: {
    title: 'A selection is not well formed',
    when: 'A text that selects stages is empty, leaves a quote or a bracket open, or has a comma or a plus sign that stands beside nothing.',
    fix: 'Correct it at the column that the message names. An id with spaces, commas, plus signs or quotes goes in quotes.',
  },
  SELECTION_UNKNOWN: {
    title: 'A selection names what is not there',
    when: 'A text that selects stages names a stage, a tag or a state that does not exist, or a glob that fits none.',
    fix: 'Correct the name; the message suggests the nearest one.',
  },
  SIGNAL_INVALID: {
    title: 'A signal cannot be sent',
    when: 'The name of a signal is empty, too long or holds control characters, or its data are nothing that can be stored.',
    fix: 'Correct what the message names.',
  },
  SIGNAL_REFUSED: {
    title: 'The data of a signal are not what the stage waits for',
    when: 'A stage of the run waits for a signal of this name, and the schema that it gave to `waitFor` refuses the data. Nothing was sent.',
    fix: 'Correct the data; `millrace signals RUN --json` tells the schema. With `--stage` the signal is for one stage alone.',
  },
  SIGNAL_TOO_LATE: {
    title: 'The run has succeeded already',
    when: 'A signal was sent to a run of which nothing can wait any more.',
    fix: 'Name another run: `millrace runs` lists them.',
  },
  STAGE_CANCELLED: {
    title: 'A stage was cancelled',
    when: 'The run was cancelled while the stage was running.',
    fix: 'Resume the run.',
  },
  STAGE_CONDITION_FAILED: {
    title: 'The condition of a stage cannot be decided',
    when: 'The `when` of a stage threw: it looks at what is not there, or gives no true or false.',
    fix: 'Correct the expression; ask with `has(inputs.x)` whether an optional input is there.',
  },
  STAGE_DUPLICATE: {
    title: 'Two stages have the same id',
    when: 'An id is declared twice in one pipeline.',
    fix: 'Rename one of them.',
  },
  STAGE_FILES_INVALID: {
    title: 'The files of a stage cannot be told',
    when: 'The function `files` in the spec of a stage class threw for the params of a config.',
    fix: 'Correct the function: it gets the checked params and returns paths.',
  },
  STAGE_ID_INVALID: {
    title: 'A stage id cannot be used',
    when: 'An id is empty, too long, begins or ends with white space, or holds control characters.',
    fix: 'Choose another id. Letters of any script, digits, spaces inside and punctuation are fine.',
  },
  STAGE_INPUT_INVALID: {
    title: 'A stage got inputs that its schema refuses',
    when: "What the providers wrote does not match the stage's `inputs` schema.",
    fix: 'Make the schemas of the two stages agree.',
  },
  STAGE_NOT_A_STAGE: {
    title: 'A class is no stage',
    when: 'What `uses` names is not a class that extends PipelineStage.',
    fix: 'Export a class that extends PipelineStage.',
  },
  STAGE_NOT_STARTED: {
    title: 'A stage never started',
    when: 'A capsule was asked for of a stage that was skipped, or that its run has not come to.',
    fix: 'Name a stage that was tried; `millrace show RUN` lists them.',
  },
  STAGE_OUTPUT_INVALID: {
    title: 'A stage returned what its schema refuses',
    when: "The value returned by `run` does not match the stage's `outputs` schema, or has keys that it does not declare.",
    fix: 'Correct the stage or its schema; the message names the path.',
  },
  STAGE_SPEC_INVALID: {
    title: 'The spec of a stage class is wrong',
    when: 'An option in `PipelineStage.of({ ... })`, such as `timeout` or `retry`, has a wrong type or lacks its unit.',
    fix: 'Correct it in the class.',
  },
  STAGE_THREW: {
    title: 'A stage threw',
    when: 'The constructor, setup, run or teardown of a stage threw or rejected.',
    fix: "Read the cause in the message and in the run's log, correct it, then resume the run.",
  },
  STAGE_TIMED_OUT: {
    title: 'A stage took too long',
    when: 'Setup and run together took longer than the `timeout` of the stage, also when it blocked the event loop.',
    fix: 'Raise the timeout, or let the stage stop when its `signal` is aborted.',
  },
  STATE_TRANSITION_ILLEGAL: {
    title: 'A stage made an illegal move',
    when: 'Only a bug in Millrace can cause it.',
    fix: 'Report it. What was committed is safe: resume the run.',
  },
  UNDO_INPUTS_GONE: {
    title: 'What a stage read is not there any more',
    when: 'The `undo` of a stage asked for its inputs, and a stage before it has run again since and wrote something else. To undo with other inputs than those of its run would take back something else.',
    fix: 'Return what `undo` needs as outputs of the stage, which are always those of its run.',
  },
  UNDO_SUCCEEDED: {
    title: 'A run that succeeded is not undone unasked',
    when: '`undo` was asked for a run that has succeeded.',
    fix: 'Check that it is the run that you mean; then say so: `millrace undo RUN --force`. The run counts as cancelled from then on.',
  },
  UPDATE_ASYNC: {
    title: 'The recipe of an update is asynchronous',
    when: '`context.update` got an async function. Its changes after the first `await` would be lost.',
    fix: 'Await first, then call `context.update` with a recipe that is not async.',
  },
  UPDATE_UNDECLARED: {
    title: 'A stage changed a key that it does not declare',
    when: '`context.update` touched or removed a key that is not in the `updates` of the stage.',
    fix: 'Declare the key in `updates`, or return it as an output.',
  },
  VALUE_NOT_LOADED: {
    title: 'A kept value was not loaded',
    when: 'In a resumed run on a store that answers later, a stage read a key that it does not declare.',
    fix: 'Declare the key in the `inputs` of the stage.',
  },
  WAIT_IMPOSSIBLE: {
    title: 'A stage cannot wait here',
    when: 'A stage calls `waitFor` or `sleep` in its teardown, after it was aborted, or in a replay, where no signal can come.',
    fix: 'Wait in `run`. A replay of a stage that waits is not possible.',
  },
  WAIT_INVALID: {
    title: 'A stage waits for nothing that there can be',
    when: '`waitFor` was given a name that is empty or too long, or no zod schema; or `waitFor` or `sleep` a duration without a unit.',
    fix: 'Correct the call; durations are written as `30m`, `2h` or `1d`, or as a number of milliseconds.',
  },
  WAIT_TIMED_OUT: {
    title: 'A signal did not come in time',
    when: 'A stage waited for a signal with a `timeout`, and the time passed without one. Time counts from the first attempt that waited, also while no process runs.',
    fix: 'Send the signal with `millrace signal RUN NAME` and resume the run, or raise the timeout; or catch the error in the stage and go on without the answer.',
  },
  WRITE_CONFLICT: {
    title: 'Two stages write the same key',
    when: 'Two stages of which neither needs the other write one context key, so the result would depend on which is last; or one stage writes a key twice, by two names.',
    fix: 'Let one need the other, or rename the key of one with `writes`.',
  },
} as const satisfies ErrorCatalog;

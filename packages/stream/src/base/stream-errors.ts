import type { ErrorCatalog } from '@millrace/core';

/** Codes of all that the package throws. */
export const STREAM_ERRORS = {
  STREAM_SETTINGS_INVALID: {
    title: 'The settings of a stream are wrong',
    when: 'A `StreamProcessor` is made with settings that `streamSettingsSchema` refuses, such as a duration without a unit or an unknown key.',
    fix: 'Correct what the message lists; it names each place and what was expected there.',
  },
  STREAM_STATE: {
    title: 'A stream is not in the state for that',
    when: 'A stream is started that is not stopped, or a message is pushed to a stream, or stages are swapped, while it is not running.',
    fix: 'Await `start()` before messages are pushed, and `stop()` before it is started again; `state` tells where it is.',
  },
  STREAM_STAGE_UNSUPPORTED: {
    title: 'A stage has an option that a stream does not keep',
    when: 'A pipeline that is given to a `StreamProcessor` has a stage with `limits`, which belong to runs.',
    fix: 'Take `limits` out of the stage, and bound the calls with `concurrency` in the settings of the stream.',
  },
  STREAM_STAGE_TWICE: {
    title: 'A stage id is in both pipelines of a stream',
    when: 'The pipeline and the intake of one stream have a stage of the same id, so that neither a swap nor a failure would name one of them.',
    fix: 'Give the stage another id in one of the pipelines.',
  },
  STREAM_SETUP_FAILED: {
    title: 'A stage of a stream cannot be set up',
    when: 'The constructor or `setup` of a stage fails when a stream starts or a stage is swapped, and the messages cannot do without it.',
    fix: 'Mend what the message tells. Or give the stage a fallback, or `critical: false`, so that the stream starts degraded.',
  },
  STREAM_SWAP_REFUSED: {
    title: 'What is to be swapped is not there',
    when: '`hotSwap` names a stage that neither pipeline has, or a value that the stream was not made with.',
    fix: 'Use an id of the pipelines, or a name under `values`; the message lists them.',
  },
  STREAM_FUNCTION_FAILED: {
    title: 'A function of a stream threw',
    when: 'A function that was given to a `StreamProcessor` threw for a message, or gave back what it may not: `key`, `dedupeKey`, `route`, `groupBy`, `unite`, `status` or `toSink`. The message fails; the stream goes on.',
    fix: 'The failure names the function and what it threw. The message is among the dead letters.',
  },
  STREAM_SOURCE_FAILED: {
    title: 'A source of messages failed',
    when: 'Reading from the source threw, or it could not be begun. The source is read anew after a pause that grows, as `sourceRestart` says; then the stream stops.',
    fix: 'The message tells what the source threw, and `thrown` has its own code. A source that is often away for longer needs more `attempts` or a longer `maxDelay`.',
  },
  STREAM_SINK_FAILED: {
    title: 'A sink refused messages',
    when: 'A sink, or the one of the dead letters, did not take the messages that it was sent. They are sent again after a pause that grows, and meanwhile the source is held back.',
    fix: 'The message tells what the sink threw, and `thrown` has its own code. Nothing is lost meanwhile; `health` tells since when.',
  },
  STREAM_STOPPED: {
    title: 'A message was cancelled by the stop of its stream',
    when: 'A stream was stopped, and the message had not ended when the time for that was over.',
    fix: 'Raise `stopDeadline`, or find the stage that does not end. A source that remembers gives the message again; in durable mode the next start runs it.',
  },
  JOURNAL_HELD: {
    title: 'The journal has another owner',
    when: 'A stream is started with a journal that another process, or another stream of this one, has open.',
    fix: 'Stop the other stream, or give this one a journal of its own. A process that has died holds no journal.',
  },
  JOURNAL_UNUSABLE: {
    title: 'The journal cannot be used',
    when: 'The file of a journal cannot be opened or read: it is no journal, of a newer version, damaged as a whole, or its folder cannot be written.',
    fix: 'See what the message names. Give another path, or put the file back from a copy; the rows of a damaged file can often be saved with `sqlite3 FILE .recover`.',
  },
  JOURNAL_WRITE_FAILED: {
    title: 'The journal cannot be written',
    when: 'A commit of the journal failed, most likely because the disk is full. The stream stops; what was accepted and not ended stays in the journal.',
    fix: 'Make room, or mend the drive, and start the stream again: it goes on where it stopped.',
  },
  JOURNAL_MESSAGE_CORRUPT: {
    title: 'A message in the journal is damaged',
    when: 'A row of the journal does not match its checksum when a stream starts. The message ends as `damaged` and goes to the dead letters.',
    fix: 'Send the message again from where it came; the dead letter has its id. Look into the drive: nothing else writes to the file.',
  },
  MESSAGE_FILE_INVALID: {
    title: 'A line of a message file is no message',
    when: 'A `FileSource` reads a line that is no JSON, or that its `decode` or `id` refuses. It counts as a failure of the source.',
    fix: 'Mend the line that the message names, or take it out.',
  },
  MESSAGE_ID_INVALID: {
    title: 'A message has no proper id',
    when: 'A source, or whoever pushes, gives a message whose id is empty, is no text such as a number, or holds half a surrogate pair. The message fails.',
    fix: 'Let the source give each message an id that is text: `String(value.id)`.',
  },
  MESSAGE_UNSTORABLE: {
    title: 'A message cannot be stored',
    when: 'A message is to be kept in the journal, or in the file of a queue that spills, and holds what neither can keep: a function, an instance of a class. It fails at once.',
    fix: 'Let the source give plain data.',
  },
  JOURNAL_SQLITE_TOO_OLD: {
    title: 'The SQLite of this Node can lose commits',
    when: 'A journal is opened in a Node that carries an SQLite below 3.51.3.',
    fix: 'Install Node 22.23.3 or newer, or 24.15 or newer.',
  },
  STREAM_NO_ARTIFACTS: {
    title: 'A stream has no place for artifacts',
    when: 'A stage writes or reads an artifact in a stream that was made without `artifacts`.',
    fix: 'Give the `StreamProcessor` an `artifacts`, or let the stage return its data.',
  },
  REDIS_UNREACHABLE: {
    title: 'Redis does not answer',
    when: 'The connection to Redis cannot be made, or is lost, and the time that was given to wait for it is over.',
    fix: 'See that the server runs and that the address in the message is right; it is tried again with growing pauses as long as the connection is open.',
  },
  REDIS_ADDRESS_INVALID: {
    title: 'This is no address of a Redis',
    when: 'A connection is given something else than an address that begins with `redis://` or `rediss://` and names a host.',
    fix: 'Write it as `redis://user:password@host:6379/0`; user, password, port and database may be left out.',
  },
  REDIS_REFUSED: {
    title: 'Redis answers with an error',
    when: 'The server is there and refuses a command: a key holds another type, the user lacks a right, or the memory is full. What it says is in the message.',
    fix: 'Look up the answer in the documentation of Redis; the command has changed nothing.',
  },
  REDIS_MESSAGE_INVALID: {
    title: 'An entry of Redis is no message',
    when: 'An entry of a stream has no field with the message, or what came over a channel is not in the form that the source reads.',
    fix: 'See who writes there; the message names the entry. Give the source a `decode` that reads the form, or another stream.',
  },
} as const satisfies ErrorCatalog;

/** A code of {@link STREAM_ERRORS}. */
export type StreamErrorCode = keyof typeof STREAM_ERRORS;

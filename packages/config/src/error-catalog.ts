import type { ErrorCatalog } from '@millrace/core';

/** Codes of the problems of a config, beside those of the engine's own checks. */
export const CONFIG_ERRORS = {
  CONDITION_FAILED: {
    title: 'A condition cannot be worked out',
    when: '`when` of a stage was asked with params and inputs that give it no value, such as a name that is not there, or two sides of different types. One that asks for params only is worked out when the config is read.',
    fix: 'Ask first whether a name is there: `has(inputs.x) && inputs.x > 0`; compare like with like.',
  },
  CONDITION_INPUT_UNKNOWN: {
    title: 'A condition asks for an input that the stage does not declare',
    when: '`when` looks at `inputs.NAME`, and the class of the stage has no such input.',
    fix: 'Use one of the names listed, or declare the input in the class.',
  },
  CONDITION_INVALID: {
    title: 'A condition can have no value',
    when: '`when` names a variable or function that does not exist, is of another type than true or false, or, for an inner pipeline, asks for inputs.',
    fix: 'Write `params.NAME` or `inputs.NAME`, and compare it with something.',
  },
  CONDITION_NOT_BOOLEAN: {
    title: 'A condition is neither true nor false',
    when: '`when` of a stage was worked out, and its value is a text, a number or something else.',
    fix: 'Compare it: `inputs.count > 0`, `params.mode == "full"`.',
  },
  CONDITION_PARAM_UNKNOWN: {
    title: 'A condition asks for a param that the stage does not have',
    when: '`when` looks at `params.NAME`, and the params schema of the stage knows no such name.',
    fix: 'Use one of the names listed, or add the param to the class.',
  },
  CONDITION_SYNTAX: {
    title: 'A condition cannot be read',
    when: '`when` is no expression at the place named.',
    fix: 'Correct it; an expression with `!` or `"` at its beginning needs quotes in YAML.',
  },
  CONFIG_ALIAS_CYCLE: {
    title: 'A YAML alias stands inside what it names',
    when: 'An alias such as `*shared` is used inside the value that its anchor `&shared` marks.',
    fix: 'Move the shared part out, so that it does not hold itself.',
  },
  CONFIG_ALIAS_UNKNOWN: {
    title: 'A YAML alias names no anchor',
    when: 'An alias such as `*shared` has no anchor `&shared` above it.',
    fix: 'Correct the name, or mark the value it means.',
  },
  CONFIG_CONTROL_CHARACTER: {
    title: 'The config holds a control character',
    when: 'The text holds NUL or another sign that cannot be seen.',
    fix: 'Remove it, or write it as an escape inside double quotes.',
  },
  CONFIG_DUPLICATE_KEY: {
    title: 'A key is written twice',
    when: 'One map has the same key twice, so that one of the values would be lost.',
    fix: 'Remove or rename one of them.',
  },
  CONFIG_EMPTY: {
    title: 'The config is empty',
    when: 'The file holds nothing, only comments, or (package.json) no key `millrace`.',
    fix: 'Write a pipeline, or name another file.',
  },
  CONFIG_ENCODING: {
    title: 'The config is not UTF-8',
    when: 'The bytes of the file are in another encoding, such as Latin-1 or UTF-16.',
    fix: 'Save the file as UTF-8.',
  },
  CONFIG_EXPANSION: {
    title: 'The config stands for too much',
    when: 'Aliases or placeholders repeat values so often that a small file would become a huge one.',
    fix: 'Write fewer repetitions, or keep the values in a data file that a stage reads.',
  },
  CONFIG_EXPORT_MISSING: {
    title: 'A JS or TS config has no default export',
    when: 'The module was imported, but exports no default.',
    fix: '`export default { name, stages }`, or a function that returns it.',
  },
  CONFIG_FORMAT: {
    title: 'The ending of the file is not one of a config',
    when: 'The file asked for ends in something else than the formats that are read.',
    fix: 'Use .yaml, .yml, .json, .jsonc, .json5, .toml, .ts or .js.',
  },
  CONFIG_IMPORT_FAILED: {
    title: 'A JS or TS config failed',
    when: 'The module, or the function it exports, threw or cannot be read.',
    fix: 'Correct it at the place that the message names.',
  },
  CONFIG_INVALID: {
    title: 'A config was refused',
    when: 'Thrown by `loadConfigOrThrow`; its message holds every diagnostic, each with a code of its own.',
    fix: 'Look up the codes inside the message.',
  },
  CONFIG_KEY_MISPLACED: {
    title: 'A key stands where it has no meaning',
    when: '`extends` or `environments` stands in an environment, or in a pipeline below `pipelines`.',
    fix: 'Move it to the top of the file.',
  },
  CONFIG_KEY_NOT_TEXT: {
    title: 'A key is no text',
    when: 'A key is empty, a list or a map.',
    fix: 'Write the key as text.',
  },
  CONFIG_MERGE_KEY: {
    title: 'The YAML merge key `<<` is used',
    when: 'Merge keys belong to older YAML and are not part of YAML 1.2.',
    fix: 'Use a whole alias as the value, a param, or write the keys out. Quote it if it is meant as text.',
  },
  CONFIG_NAME_MISSING: {
    title: 'The pipeline has no name',
    when: 'A file that is one pipeline has no `name`; runs are listed by it.',
    fix: 'Add `name:`.',
  },
  CONFIG_NOT_A_MAP: {
    title: 'The config is not a map',
    when: 'The file holds a list or a single value.',
    fix: 'Start with `name:` and `stages:`.',
  },
  CONFIG_NOT_FOUND: {
    title: 'There is no config file',
    when: 'The file asked for does not exist, or none was found from the working folder up to the nearest package.json.',
    fix: 'Name the file, or create `millrace.config.yaml` with `name: my-pipeline` and `stages: { first: { uses: ./stages/first.ts } }`.',
  },
  CONFIG_NOT_PLAIN: {
    title: 'A config value is not plain data',
    when: 'A JS or TS config, or an override, holds a function, a class instance, a cycle or the like.',
    fix: 'Use text, numbers, true, false, null, lists and objects.',
  },
  CONFIG_NUMBER: {
    title: 'A number cannot be held exactly',
    when: 'A whole number has more than 53 bits, or a number is too large or too small.',
    fix: 'Put it in quotes to keep it as text.',
  },
  CONFIG_SEVERAL_DOCUMENTS: {
    title: 'The file goes on behind its end',
    when: 'A YAML file holds a second document, or text behind `...`.',
    fix: 'Keep one document; several pipelines go under `pipelines:`.',
  },
  CONFIG_SYNTAX: {
    title: 'The file cannot be read',
    when: 'The text does not follow the rules of its format at the place named.',
    fix: 'Correct the line, or the one before it.',
  },
  CONFIG_TAG: {
    title: 'A YAML tag is unknown or does not fit',
    when: 'A value has a tag such as `!custom`, or one that its text does not match.',
    fix: 'Remove the tag.',
  },
  CONFIG_TEXT_TOO_LONG: {
    title: 'A text in a TOML config is too long',
    when: 'A text has more than 32,768 characters, often because a closing quote is missing, or a number or bare key more than 1,024.',
    fix: 'Close it, or keep it in a file that a stage reads.',
  },
  CONFIG_TOO_DEEP: {
    title: 'Values are nested too deep',
    when: 'Lists and maps are nested deeper than 200 levels.',
    fix: 'Keep deep data in a file that a stage reads.',
  },
  CONFIG_TOO_LARGE: {
    title: 'The config file is too large',
    when: 'The file is larger than the limit, 16 MiB by default.',
    fix: 'Keep data out of the config; the limit is `maxBytes` of `loadConfig`.',
  },
  CONFIG_TOO_MANY: {
    title: 'The config has very many problems',
    when: 'More than 1,000 problems were found; the others are left out.',
    fix: 'Correct the first ones; is this file a config at all?',
  },
  CONFIG_TOO_MANY_VALUES: {
    title: 'The config holds too many values',
    when: 'The text holds more than 100,000 values and far more of them than wiring needs (one for every 12 characters), or a list or map other than `stages` and `needs` has more than 30,000 entries, or such lists and maps of more than 1,000 entries have more than 60,000 beyond that together.',
    fix: 'Keep data in files that stages read, and only wiring in the config.',
  },
  CONFIG_TYPE: {
    title: 'A value has the wrong type',
    when: 'A field got text where a number is expected, or the like.',
    fix: 'Write what the message expects.',
  },
  CONFIG_UNKNOWN_KEY: {
    title: 'A key is not known',
    when: 'A map has a key that its schema does not know, often a slip of the pen.',
    fix: 'Use the name that the message suggests.',
  },
  CONFIG_UNREADABLE: {
    title: 'The config file cannot be opened',
    when: 'The file is a folder, or may not be read.',
    fix: 'Correct the path or its permissions.',
  },
  CONFIG_VALUE: {
    title: 'A value is not allowed',
    when: 'A value has the right type but is out of range, or not one of the names allowed.',
    fix: 'Write what the message expects.',
  },
  ENVIRONMENT_AMBIGUOUS: {
    title: 'An environment has two files',
    when: 'Beside the config lie several files that are named for the chosen environment, such as `pipeline.prod.yaml` and `pipeline.prod.json`.',
    fix: 'Keep one of them.',
  },
  ENVIRONMENT_UNKNOWN: {
    title: 'There is no environment of that name',
    when: '`--env` or the variable `MILLRACE_ENV` names an environment that is neither under `environments:` nor in a file beside the config.',
    fix: 'Use one of the names listed, or take the variable away.',
  },
  ENV_MISSING: {
    title: 'An environment variable is not set',
    when: `\`\${env:NAME}\` has no default, and the variable does not exist.`,
    fix: `Set it, or write \`\${env:NAME:-default}\`.`,
  },
  ENV_TYPE: {
    title: 'An environment variable does not fit its type',
    when: `The value of \`\${env:NAME|type}\`, or its default, cannot be read as the type.`,
    fix: 'Correct the variable or the default; the message says what is expected.',
  },
  EXTENDS_CYCLE: {
    title: 'Files extend each other in a circle',
    when: 'A file extends, directly or through others, itself.',
    fix: 'Take one of the `extends` out; the message shows the circle.',
  },
  EXTENDS_INVALID: {
    title: '`extends` names no file',
    when: '`extends` is something else than a path or a list of paths, or holds a placeholder.',
    fix: 'Write `extends: ./base.yaml`, or a list of up to 20 paths.',
  },
  EXTENDS_MISSING: {
    title: 'There is no such file to extend',
    when: '`extends` names a file that does not exist; it is relative to the file that extends.',
    fix: 'Correct the path.',
  },
  EXTENDS_OUTSIDE: {
    title: 'A file to extend lies outside of the project',
    when: '`extends` leads, directly or by a link, out of the folder of the nearest package.json.',
    fix: 'Copy the file, or install it as a package and name it under ./node_modules.',
  },
  EXTENDS_TOO_DEEP: {
    title: 'Files extend each other too deep',
    when: 'A file extends another one, and so on, through more than 20 files.',
    fix: 'Extend fewer files; a list of bases needs no depth.',
  },
  FILES_MISSING: {
    title: 'A file of a stage is not there',
    when: '`files` of a stage names a file that does not exist, a folder, or a pattern that no file matches.',
    fix: 'Correct the path; it is relative to the file that it is written in.',
  },
  FILES_OUTSIDE: {
    title: 'A file of a stage lies outside of the project',
    when: 'A relative path or pattern under `files` leads, directly or by a link, out of the folder of the nearest package.json.',
    fix: 'Write an absolute path for data that lies elsewhere.',
  },
  FILES_TOO_MANY: {
    title: 'A pattern stands for too many files',
    when: 'A pattern under `files` matches more than 10,000 files, or leads over more than 100,000.',
    fix: 'Name the folder and the ending of what is meant.',
  },
  FOREACH_LENGTHS: {
    title: 'The lists of a foreach differ in length',
    when: 'The lists under `foreach` are gone through in step, and one is longer than another.',
    fix: 'Give them one length, or write `matrix` for all combinations.',
  },
  GATHER_EMPTY: {
    title: 'Nothing is there to be gathered',
    when: 'A pattern under `reads`, such as `scores[*]`, stands for no key that a stage before this one writes.',
    fix: 'Need the stages that write the keys, and correct the pattern.',
  },
  INSTANCE_UNKNOWN: {
    title: 'There is no such instance of a stage',
    when: 'A dependency, an entry under `stages` or `--set` names an instance, such as `score[20,SPY]`, that the matrix or foreach of the stage does not make.',
    fix: 'Use one of the instances listed.',
  },
  MATRIX_AND_FOREACH: {
    title: 'A stage has both a matrix and a foreach',
    when: 'A stage is repeated for all combinations of lists, or for lists in step, and not for both.',
    fix: 'Take one of them out.',
  },
  MATRIX_DUPLICATE: {
    title: 'Two instances of a stage would have one id',
    when: 'Two combinations of a matrix or foreach show the same values in their ids.',
    fix: 'Take one out, or write the values as maps, whose place in the list then stands in the id.',
  },
  MATRIX_EMPTY: {
    title: 'A stage is repeated for nothing',
    when: 'A list of a matrix or foreach is empty, or `exclude` leaves no combination.',
    fix: 'Give it a value, or take the stage out.',
  },
  MATRIX_LABEL: {
    title: 'A value cannot be a part of a stage id',
    when: 'A value of a matrix or foreach is empty, too long, or holds a control character or one of `[ ] , *`.',
    fix: 'Write it as a map, whose place in the list then stands in the id.',
  },
  MATRIX_UNKNOWN: {
    title: 'An exclude names no variable of its matrix',
    when: 'An entry of `exclude` has a name that is none of the lists of the matrix.',
    fix: 'Use one of the names listed.',
  },
  MATRIX_UNUSED: {
    title: 'An exclude takes nothing away',
    when: 'No combination of the matrix has all values of an entry of `exclude`; a warning.',
    fix: 'Write the values as they stand in the lists, or take the entry out.',
  },
  NEEDS_TOO_MANY: {
    title: 'Stages need each other in too many ways',
    when: 'With all instances the config comes to more than 5,000,000 dependencies.',
    fix: 'Let one stage need all instances, and the others need that one.',
  },
  PARAMS_FILE_INVALID: {
    title: 'A params file is no map of params',
    when: '`--params-file` names a file that holds a list or a single value, or that is a program.',
    fix: 'Write a map from the names of params to their values, as YAML, JSON or TOML.',
  },
  PARAMS_FILE_MISSING: {
    title: 'There is no such params file',
    when: '`--params-file` names a file that does not exist.',
    fix: 'Correct the path; it is relative to the working folder.',
  },
  PARAM_CYCLE: {
    title: 'Params stand on each other in a circle',
    when: "A param's value uses a param that in the end uses the first.",
    fix: 'Give one of them a value of its own.',
  },
  PARAM_UNKNOWN: {
    title: 'A param is not declared',
    when: `\`\${name}\`, or a param given by the caller, is not listed under \`params:\`.`,
    fix: 'Correct the name, or declare it.',
  },
  PIPELINES_AND_STAGES: {
    title: 'A file has both `stages` and `pipelines`',
    when: 'It would be unclear which of them is meant.',
    fix: 'Move the stages into a pipeline of their own.',
  },
  PIPELINES_MISSING: {
    title: 'The file has no `pipelines` section',
    when: 'A pipeline was asked for by name, but the file is one pipeline of another name.',
    fix: 'Ask for the right name, or add `pipelines:`.',
  },
  PIPELINES_WRONG_TYPE: {
    title: 'A pipeline is not a map',
    when: '`pipelines`, or one of its entries, is a list or a single value.',
    fix: 'Write a map from names to pipelines.',
  },
  PIPELINE_CYCLE: {
    title: 'Pipelines stand inside each other in a circle',
    when: 'A stage names, by `pipeline`, a pipeline that it is itself a part of.',
    fix: 'Take one of them out; the message shows the circle.',
  },
  PIPELINE_FILE_MISSING: {
    title: 'There is no file to take a pipeline from',
    when: '`pipeline` of a stage names a file that does not exist.',
    fix: 'Correct the path; it is relative to the file that it is written in.',
  },
  PIPELINE_INPUT_UNKNOWN: {
    title: 'A pipeline has no such input',
    when: '`reads` of a stage that is a pipeline names a key that is not among the `inputs` of that pipeline.',
    fix: 'Use one of the names listed, or list the key under `inputs` there.',
  },
  PIPELINE_NAME_INVALID: {
    title: '`pipeline` names no pipeline',
    when: 'A part of the text is empty, such as the name behind `#`.',
    fix: 'Write ./file.yaml, ./file.yaml#name, or the name of a pipeline of the same file.',
  },
  PIPELINE_NOT_CHOSEN: {
    title: 'The file has several pipelines',
    when: 'None was chosen.',
    fix: 'Name one of them.',
  },
  PIPELINE_OUTPUT_UNKNOWN: {
    title: 'A pipeline cannot give a key',
    when: '`writes` of a stage that is a pipeline names a key that none of its stages writes, or one that it reads from another key.',
    fix: 'Use one of the names listed.',
  },
  PIPELINE_OUTSIDE: {
    title: 'The file of a pipeline lies outside of the project',
    when: '`pipeline` leads, directly or by a link, out of the folder of the nearest package.json.',
    fix: 'Copy the file, or install it as a package and name it under ./node_modules.',
  },
  PIPELINE_TOO_DEEP: {
    title: 'Pipelines stand inside each other too deep',
    when: 'A stage is a pipeline whose stage is a pipeline, and so on, more than 20 deep.',
    fix: 'Use fewer floors.',
  },
  PIPELINE_UNKNOWN: {
    title: 'There is no pipeline of that name',
    when: 'The name asked for is not under `pipelines:`.',
    fix: 'Use one of the names listed.',
  },
  PLACEHOLDER_NOT_TEXT: {
    title: 'A list or map stands inside a text',
    when: 'A param that is a list, a map or empty is used as a part of a longer text.',
    fix: 'Use the placeholder alone, or a param that is text.',
  },
  PLACEHOLDER_SYNTAX: {
    title: 'A placeholder cannot be read',
    when: `\`\${\` is not followed by a param, \`env:\` or \`secret:\`, or is not closed.`,
    fix: `Correct it, or write \`$\${\` for a plain \`\${\`.`,
  },
  SECRET_IN_CONTEXT: {
    title: 'A secret would be stored',
    when: 'A value under `context:`, or the outputs of a `fallback`, hold a secret. Both are kept in the store as they are.',
    fix: 'Give the secret to the stages that need it, under `with`.',
  },
  SECRET_MISPLACED: {
    title: 'A secret stands where it would be shown',
    when: 'A secret is part of a name, of `uses`, `needs` or another field that Millrace prints and stores.',
    fix: 'Use secrets under `with` of a stage, in params for it, or in `store`.',
  },
  SECRET_MISSING: {
    title: 'A secret does not exist',
    when: 'The provider, by default the environment, has no secret of the name.',
    fix: 'Set it where the provider looks.',
  },
  SECRET_TYPE: {
    title: 'A secret does not fit its type',
    when: `The value of \`\${secret:NAME|type}\` cannot be read as the type.`,
    fix: 'Correct the secret, or the type; the message says what is expected.',
  },
  SECRET_UNREADABLE: {
    title: 'A secret cannot be read',
    when: 'The provider failed.',
    fix: 'See the reason in the message.',
  },
  SET_PATH: {
    title: 'An override has a wrong path',
    when: 'The path cannot be read, or leads through a value that has no such part.',
    fix: 'Write it like stages.score.with.window, ids with dots in quotes.',
  },
  SET_STAGE_UNKNOWN: {
    title: 'An override names no stage',
    when: 'The path starts with a stage id that the pipeline does not have.',
    fix: 'Correct the id.',
  },
  STAGES_MISSING: {
    title: 'The pipeline has no stages section',
    when: 'There is neither `stages` nor `pipelines`.',
    fix: 'Add `stages:`.',
  },
  STAGES_TOO_MANY: {
    title: 'The config comes to too many stages',
    when: 'With all instances there would be more than 100,000 stages, or more than 10,000 inner pipelines.',
    fix: 'Let one stage go over many values itself.',
  },
  STAGES_WRONG_TYPE: {
    title: '`stages` is of the wrong type',
    when: 'It is a single value, or nothing.',
    fix: 'Write a map from ids to stages, or a list of stages with `id`.',
  },
  STAGE_ID_MISSING: {
    title: 'A listed stage has no id',
    when: 'An entry of the list `stages` has no `id` that is text.',
    fix: 'Add `id:`.',
  },
  STAGE_PATCH_UNKNOWN: {
    title: 'A pipeline has no such stage to change',
    when: '`stages` of a stage that is a pipeline names a stage which that pipeline does not have.',
    fix: 'Use one of the names listed.',
  },
  STAGE_USES_AND_PIPELINE: {
    title: 'A stage is both a class and a pipeline',
    when: 'A stage has `uses` and `pipeline`.',
    fix: 'Take one of them out.',
  },
  STAGE_USES_MISSING: {
    title: 'A stage does not name its class',
    when: 'A stage has no `uses`.',
    fix: 'Add `uses:` with a file, package#Export or a registered name.',
  },
  STAGE_WRONG_TYPE: {
    title: 'A stage is not a map',
    when: 'A stage is a single value, a list or nothing.',
    fix: 'Write a map with `uses`.',
  },
  STORE_NOT_AVAILABLE: {
    title: 'This kind of store is not available yet',
    when: 'A config or `--store` names a PostgreSQL store, which this version of Millrace cannot open.',
    fix: 'Use `sqlite:PATH`, or `memory` for runs that need not be kept.',
  },
  USES_EXPORT_MISSING: {
    title: 'A module does not export the class',
    when: 'The module was imported, but has no export of the name, or no default.',
    fix: 'Use one of the names listed, or export the class.',
  },
  USES_FILE_MISSING: {
    title: 'There is no such stage file',
    when: '`uses` names a file that does not exist; it is relative to the config.',
    fix: 'Correct the path.',
  },
  USES_IMPORT_FAILED: {
    title: 'A stage module failed while it was imported',
    when: 'The module, or one that it imports, threw or cannot be read.',
    fix: 'Correct it at the place that the message names.',
  },
  USES_INVALID: {
    title: '`uses` cannot be read',
    when: 'It names an empty export, or a file that is no module.',
    fix: 'Write ./file.ts, ./file.ts#Export, package#Export or a registered name.',
  },
  USES_OUTSIDE: {
    title: 'A stage file lies outside of the project',
    when: '`uses` leads, directly or by a link, out of the folder of the nearest package.json.',
    fix: 'Install the code as a package.',
  },
  USES_PACKAGE_MISSING: {
    title: 'A stage package cannot be found',
    when: 'The package is not installed where the config lies, or does not export the path.',
    fix: 'Install it, or correct the name.',
  },
  USES_UNKNOWN: {
    title: 'No stage is registered under the name',
    when: '`uses` is neither a file (./) nor package#Export, and nothing of that name was registered.',
    fix: 'Start a file with ./, or correct the name.',
  },
} satisfies ErrorCatalog;

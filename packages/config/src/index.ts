export { CONFIG_ERRORS } from './error-catalog.ts';
export type { EffectiveConfig } from './explain/effective-config.ts';
export type {
  DefaultGiver,
  DefaultOrigin,
  Explained,
  ExplainedMap,
  ExplainedPlaceholder,
  ExplainedValue,
  InstanceValue,
  ReplacedValue,
  UnknownPath,
  ValueUnit,
  WrittenOrigin,
} from './explain/explained-value.ts';
export { findConfig } from './find/find-config.ts';
export { envSecrets, type SecretProvider, SecretRegistry } from './interpolate/secret-registry.ts';
export {
  type ConfigJsonSchema,
  type ConfigJsonSchemaOptions,
  configJsonSchema,
} from './json-schema/config-json-schema.ts';
export type { JsonSchema } from './json-schema/json-schema.ts';
export { namedSchema, schemaLine, withFirstLine } from './json-schema/schema-line.ts';
export { CONFIG_LAYERS, type ConfigLayer } from './layers/config-layer.ts';
export { loadConfig, loadConfigOrThrow, readConfigSecrets } from './load-config.ts';
export type { LoadConfigOptions, LoadedConfig, RefusedConfig } from './loaded-config.ts';
export {
  type ConfigOutline,
  type ReadOutlineOptions,
  readConfigOutline,
} from './read-config-outline.ts';
export { type CodeFrame, codeFrame } from './report/code-frame.ts';
export { configInvalid } from './report/config-invalid.ts';
export {
  type DiagnosticJson,
  type DiagnosticsJson,
  diagnosticsToJson,
  type PlaceJson,
  type RelatedPlaceJson,
} from './report/diagnostics-to-json.ts';
export { type RenderOptions, renderDiagnostics } from './report/render-diagnostics.ts';
export { type LoggingConfig, loggingSchema } from './shape/config-schema.ts';
export { type Assignment, parseAssignment } from './shape/parse-assignment.ts';
export { ConfigSource, locationOf, type SourceKind, type Span } from './source/config-source.ts';
export { MAX_CONFIG_BYTES } from './source/read-source.ts';
export type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from './tree/config-node.ts';
export { parsePath } from './tree/config-path.ts';
export { nodeAt, spanAt } from './tree/locate.ts';
export type { StageModule } from './uses/load-classes.ts';

/** A class that does not extend PipelineStage. */
export default class Ingestion {
  run() {
    return { bars: [] };
  }
}

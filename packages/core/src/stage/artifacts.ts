/** A large output kept outside the context. Plain data: return it like any other output. */
export interface ArtifactRef {
  readonly artifact: string;
  readonly name: string;
  readonly bytes: number;
}

/** Keeps bytes by content; the same bytes are kept once. */
export interface Artifacts {
  /** Stores at once; what a failed attempt stored is dropped by the next clean-up. */
  write(name: string, content: Uint8Array | string): Promise<ArtifactRef>;
  /** @throws MillraceError ARTIFACT_MISSING, ARTIFACT_CORRUPT */
  read(ref: ArtifactRef): Promise<Uint8Array>;
}

export type AlertKind =
  | 'model-refused'
  | 'model-of-other-data'
  | 'model-swapped'
  | 'model-kept-out'
  | 'retrain-started'
  | 'retrain-failed'
  | 'bus-lost'
  | 'bus-back'
  | 'message-unreadable'
  | 'outbox-overflow';

/** Something that a person should hear of. */
export interface Alert {
  readonly kind: AlertKind;
  readonly message: string;
}

export type OnAlert = (alert: Alert) => void;

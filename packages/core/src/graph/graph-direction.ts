/** Where the arrows of a drawing point: top to bottom, bottom to top, left to right, right to left. */
export type GraphDirection = 'TB' | 'BT' | 'LR' | 'RL';

/**
 * The layers of a config, lowest first; of several that give the same value the highest wins. `base`: a
 * file that the config extends. `file`: the config itself. `environment`: its section `environments`,
 * and the file beside it that is named for the environment. `params-file`: a file of params. `flag`: a
 * value given by the caller.
 */
export const CONFIG_LAYERS = ['base', 'file', 'environment', 'params-file', 'flag'] as const;

export type ConfigLayer = (typeof CONFIG_LAYERS)[number];

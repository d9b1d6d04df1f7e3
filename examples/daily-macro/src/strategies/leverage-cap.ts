/** Sum of absolute weights that neither the strategies nor the portfolio may pass, in multiples of equity. */
export const LEVERAGE_CAP = 3;

/** The only file of the package that imports trading-signals. */
export { EMA, MACD, RSI, SMA, WSMA } from 'trading-signals';

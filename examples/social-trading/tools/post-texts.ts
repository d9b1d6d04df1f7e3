import type { Direction } from '../src/sentiment/sentiment.ts';

/** What generated posts are put together from. None of it is in the sentences that the analyser is trained on. */
export const CORES: Readonly<Record<Direction, readonly string[]>> = {
  bullish: [
    '$T is breaking out, I am long and adding',
    'strong buyers in $T all morning, calls for me',
    '$T raises guidance and beats, shares are going higher',
    'big upgrade for $T, target lifted, momentum is back',
    'record quarter at $T, undervalued at this price',
    'loading $T calls, the dip is a gift',
    '$T holds support on volume, upside from here',
    'buying more $T, growth is excellent',
    '$T squeeze is on, shorts are running for the exit',
    'love the strength in $T, new highs next',
    'bullish flow in $T, somebody buys a lot of calls',
    '$T rebounds hard, dip buyers won again',
    'customers keep coming to $T, demand is strong',
    'uptrend in $T looks healthy, staying long',
    '$T bulls in control into the close',
    'great results from $T and a higher dividend',
  ],
  bearish: [
    '$T is breaking down, I am short and adding',
    'heavy sellers in $T all morning, puts for me',
    '$T cuts guidance and misses, shares are going lower',
    'big downgrade for $T, target slashed, momentum is gone',
    'terrible quarter at $T, overvalued at this price',
    'loading $T puts, the bounce is a gift',
    '$T loses support on volume, downside from here',
    'selling my $T, growth is gone',
    '$T rug pull is on, longs are running for the exit',
    'hate the weakness in $T, new lows next',
    'bearish flow in $T, somebody buys a lot of puts',
    '$T slides again, every rally gets sold',
    'customers keep leaving $T, demand is weak',
    'downtrend in $T looks ugly, staying short',
    '$T bears in control into the close',
    'awful results from $T and a risk to the dividend',
  ],
  neutral: [
    'watching $T here, no position',
    'when does $T report, before or after the close?',
    '$T flat on the day, nothing to do',
    'waiting for a clear setup in $T',
    'what is the range for $T today',
    'thoughts on $T at this level?',
    '$T sideways, volume below average',
    'the call of $T begins in an hour',
    'I have no view on $T before the numbers',
    '$T unchanged at midday',
  ],
};

export const OPENERS = [
  ...['', '', '', 'ok: ', 'update: ', 'note to self: ', 'from my desk: ', 'friends, '],
  ...['quick one: ', 'as I said, ', 'fwiw ', 'hearing that ', 'seriously, ', 'here we go: '],
];

export const CLOSERS = [
  ...['', '', '', ' this week', ' today', ', my view', ' for now', ' and counting', ', see chart'],
  ...[
    ' as of now',
    ', small size',
    ' imo',
    ' into friday',
    ', stops set',
    ' after lunch',
    ' again',
  ],
];

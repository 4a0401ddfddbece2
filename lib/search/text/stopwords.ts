/** Words too common to search for. They count in distances: "end of text" is not "end text". */
export const STOP_WORDS = new Set(
  `a about above after again against all also although am an and any are as at be because been before
  being below between both but by can cannot could did do does doing down during each few for from
  further had has have having he her here hers herself him himself his how however i if in into is it
  its itself just me more most my myself no nor not now of off on once only or other our ours ourselves
  out over own same she should so some such than that the their theirs them themselves then there
  therefore these they this those through thus to too under until up upon us very was we were what
  when where whether which while who whom whose why will with within without would yet you your yours
  yourself yourselves via et al eg ie`.split(/\s+/),
);

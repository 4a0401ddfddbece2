/**
 * Words that the literature writes in one, with a hyphen, or in two: `pretraining`, `pre-training`,
 * `pre training`. All three are indexed and searched in the one-word form. Prefixes are joined by
 * rule, other pairs by this list, which comes from counting both forms in 100,000 abstracts.
 */

/** Joined to the next word even across a space: none of them is a word of its own. */
export const PURE_PREFIXES = new Set(
  'multi pre non semi inter intra pseudo quasi uni omni spatio socio neuro poly auto hyper geo anti'.split(
    ' ',
  ),
);

/** Joined to the next word across a hyphen only: across a space they are words as often as not. */
export const HYPHEN_PREFIXES = new Set(
  're sub co bi tri over under post meta counter micro macro super ultra un de dis mis ego photo mid'.split(
    ' ',
  ),
);

const COMPOUNDS = `
backdoor backend backprojection backpropagate backpropagation backoff bandlimited bandpass
bitrate bitwise blackbox blockwise bytewise checkpoint classwise clickthrough closedloop codebase
coreset cotraining counterexample crosslingual crossmodal crowdsource crowdsourcing cutoff
cyberattack cybersecurity cyberphysical datacenter dataflow dataset depthwise downsample
downsampling downstream dropout earlystopping elementwise endpoint eigendecomposition fewshot
feedforward finetune finetuned finetuner finetunes finetuning firsthand frontend goodput groundtruth
groupwise gridworld handcraft handcrafted handcrafting handwritten healthcare holdout inline
lifecycle layerwise lifelong lightweight lookahead lookup manycore mapreduce metalearn metalearned
metalearner metalearning metaanalysis metadata metaheuristic metaheuristics minibatch mmwave
multicore narrowband nighttime offline onboard online openset opensource opensourced outperform
overfit overfitting pairwise pathloss patchwise pickup piecewise pixelwise playback plugin
pointwise posthoc postprocess postprocessing posttrain posttrained posttraining preprint
rankwise realtime retrain retraining rollout runtime samplewise sequencewise setpoint setup
sidechannel speedup standalone startup stepsize stepwise straightforward subgraph submodule subnet
subnetwork subproblem subset subspace subtask subword taskwise testbed textbook threefold timescale
timeseries timestamp timestamped timestep tokenwise toolkit topdown tradeoff treewidth treedepth
twofold upsample upsampling viewpoint wallclock warmup wavelength waypoint website wellbeing
whitebox wideband widespread wifi workflow workload worldwide zeroshot oneshot zeroth underfit
underfitting undersampling oversampling oversmoothing underexplored underrepresented reranking tfidf
rerank reranker reparameterization reweighting bottomup geotagged autoencoder
`;

/** Of a single letter and a word: as they are written, since hardly any letter begins a compound. */
export const LETTER_COMPOUNDS = new Set(
  'kmeans kmedoids cmeans email emails ecommerce elearning xray xrays tsne unet unets ngram ngrams'.split(
    ' ',
  ),
);

/** Written in one they are two words: hardly any word that begins so is another. */
export const SPLIT = /^(self)((?!ish|less|hood|same)[a-z]{6,})$/;

/** The joined words as they are written; `terms.ts` compares their stems. */
export const COMPOUND_WORDS: readonly string[] = COMPOUNDS.trim().split(/\s+/);

/** The limits of comparing sessions that fail with others. */
export const CONTRAST_LIMITS = {
  /**
   * What sessions that fail do otherwise: independent sessions that show it, how much more often
   * they fail, the share of such lessons that may be false (algorithm of Benjamini and Hochberg), and
   * the chance that a dream tells any where nothing makes a difference.
   */
  contrastSessionsMin: 3,
  contrastLiftMin: 1.3,
  contrastFalseShareMax: 0.1,
  contrastChanceMax: 0.005,
  /** Questions that one dream asks of its sessions; those that most of them can answer come first. */
  contrastHypothesesMax: 5_000,
  /** Of one session: tools and commands, errors left open, calls repeated or retried. */
  featureToolsMax: 24,
  featureErrorsMax: 10,
  featureCallsMax: 10,
} as const

import words from '../../messages/en/widget.json' with { type: 'json' };

/** In English, what a window says that is still open on a page at the redirect URI. */
export const notices = {
  /** It is done and will not close. */
  delivered: words.delivered,
  /** Nobody takes its answer any more: the page was reloaded or closed. */
  orphaned: words.orphaned,
};

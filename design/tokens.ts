/**
 * The look that popup, portal, demo store and widget share: one accent, neutral greys, a 4 px grid, 16 px text, targets of 44 px, motion
 * under 200 ms. Each token is a constant of its own, so that a bundle contains only what it uses.
 */

export const FONT_FAMILY = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif';
export const FONT_SIZE = '1rem';
export const LINE_HEIGHT = '1.5';

/** For text and controls. Text on it has {@link COLOR_ON_ACCENT}. The contrast is at least 4.5:1 in both schemes. */
export const COLOR_ACCENT = 'light-dark(#3346d3,#aeb9ff)';
export const COLOR_ACCENT_HOVER = 'light-dark(#2736b0,#c6ceff)';
export const COLOR_ON_ACCENT = 'light-dark(#ffffff,#10164f)';
/** A wash of the accent, behind a chosen item. */
export const COLOR_ACCENT_SUBTLE = 'light-dark(#eef0ff,#23284a)';

export const COLOR_TEXT = 'light-dark(#191b20,#ecedf1)';
export const COLOR_TEXT_MUTED = 'light-dark(#5a606c,#a6acb9)';
export const COLOR_SURFACE = 'light-dark(#ffffff,#16181d)';
export const COLOR_SURFACE_SUBTLE = 'light-dark(#f4f5f8,#1f2229)';
export const COLOR_BORDER = 'light-dark(#d8dbe2,#3a3f4a)';
/** For the border of a control, with a contrast of at least 3:1 (WCAG 2.2, 1.4.11). */
export const COLOR_BORDER_STRONG = 'light-dark(#858b99,#767d8c)';

export const COLOR_DANGER = 'light-dark(#b3261e,#ffb4ab)';
export const COLOR_DANGER_SUBTLE = 'light-dark(#fdeceb,#3b1f1d)';
export const COLOR_SUCCESS = 'light-dark(#146c43,#7fd6a4)';
export const COLOR_SUCCESS_SUBTLE = 'light-dark(#e7f5ed,#173226)';
export const COLOR_WARNING = 'light-dark(#7a4f00,#f0c36d)';
export const COLOR_WARNING_SUBTLE = 'light-dark(#fdf3dd,#372c14)';

/**
 * The grid that popup, portal and documentation share, so that the logo, the side column and the headings stay in their places from page
 * to page. The header's height includes its border.
 */
export const HEADER_HEIGHT = '56px';
export const CONTENT_WIDTH = '1200px';
export const SIDE_WIDTH = '220px';
export const HEADING_1 = '1.5rem';
export const HEADING_2 = '1.0625rem';
export const HEADING_3 = '.9375rem';

export const RADIUS = '8px';
export const RADIUS_LARGE = '12px';
export const TARGET_SIZE = '44px';
export const TRANSITION = '150ms ease-out';
export const FOCUS_RING = `2px solid ${COLOR_ACCENT}`;

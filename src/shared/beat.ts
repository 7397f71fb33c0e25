/**
 * The beat on which a host tells a window what changed and the window draws what passes, milliseconds: the moments at
 * which the system's clock is at a multiple of it. So all that moves changes in one frame, five times a second: as
 * smooth to the eye as ten, at half the cost.
 */
export const beatMs = 200;

/** True once a component has been on screen for a moment: loading signs wait for it, so that fast answers never flash. */
import { useEffect, useState } from "react";

const LATE_MS = 200;

export function useLate(afterMs: number = LATE_MS): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return isLate;
}

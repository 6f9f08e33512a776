/** True once something has been waited for a moment: loading signs wait for it, so that fast answers never flash. */
import { useEffect, useState } from "react";

const LATE_MS = 200;

/** @param isWaiting  for a component that is there longer than what it waits for */
export function useLate(isWaiting: boolean = true): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isWaiting]);
  return isLate;
}

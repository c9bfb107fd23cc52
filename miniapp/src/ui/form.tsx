import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { bringIntoSight } from "../platform/faulty.ts";
import { Box } from "./box.tsx";
import { Icon } from "./icon.tsx";

/** `tries`: how often the form was refused for what stands in it. `take`: true once for each, for the first faulty part. */
type Refused = { tries: number; take: () => boolean };
const Refusals = createContext<Refused | null>(null);

/** `refuse()` when the form is not sent, or came back, for what stands in it: the page then moves to the first faulty part. */
export function useForm(): { tries: number; refuse: () => void } {
  const [tries, setTries] = useState(0);
  const refuse = useCallback(() => setTries((before) => before + 1), []);
  return { tries, refuse };
}

/** Its fields know when it was refused. A form within a form is one with it. */
export function Form({ tries, children }: { tries: number; children: ReactNode }) {
  const outer = useContext(Refusals);
  const done = useRef(0);
  const own = useMemo(() => {
    const take = () => {
      if (tries <= done.current) return false;
      done.current = tries;
      return true;
    };
    return { tries, take };
  }, [tries]);
  // Effects of the parts run first, from the top: what none of them took is over.
  useEffect(() => {
    own.take();
  }, [own]);
  return outer ? children : <Refusals.Provider value={own}>{children}</Refusals.Provider>;
}

/** The id to put on a part of a form, and whether its field shall have the focus now (phones) until it has lost it. */
export function useFaulty(wrong: boolean): { id: string; focus: boolean; onBlur: () => void } {
  // Selectors know no colons.
  const id = `part${useId().replace(/:/g, "")}`;
  const form = useContext(Refusals);
  const [focus, setFocus] = useState(false);
  const onBlur = useCallback(() => setFocus(false), []);
  useEffect(() => {
    if (!wrong || !form?.take()) return;
    setFocus(true);
    bringIntoSight(id);
  }, [form, wrong, id]);
  return { id, focus, onBlur };
}

/** A part of a form that is no field: the page moves to it too. */
export function FormPart({ wrong, children }: { wrong: boolean; children: ReactNode }) {
  const { id } = useFaulty(wrong);
  return <Box id={id}>{children}</Box>;
}

/** Beside the button: what is not filled in as it must be, for it may have scrolled out of sight. Said anew at each try. */
export function Unfilled({ names }: { names: string[] }) {
  const form = useContext(Refusals);
  if (names.length === 0 || !form || form.tries === 0) return null;
  return (
    <Box key={form.tries} class="field-error" role="alert">
      <Icon name="circle-alert" size="s" />
      <Box class="grow">{`还没有填好：${names.join("、")}`}</Box>
    </Box>
  );
}

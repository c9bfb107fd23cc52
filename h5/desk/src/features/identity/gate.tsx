import { Button, Card, Skeleton } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { Frame } from "../../frame/frame.tsx";
import { type Me, MeContext } from "../../frame/me.ts";
import { queries, useAct, useAsk } from "../../query.ts";
import { type Out, openedBy } from "../../rpc.ts";
import { Trouble } from "../../ui/states.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { SignIn } from "./sign-in.tsx";

const meKey = ["account.me", {}];

type Told = { id: string | null; strong: boolean; left: boolean };

/**
 * Windows of the desk tell each other who is here, by id, and who signed out: two side by side both stay in view, so neither
 * would look again. What one hears makes it ask the server, which alone is believed; what was on its way may still be an answer
 * for whoever left.
 */
const windows = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("desk");

const known = (): Me | null | undefined => queries.getQueryData<Out<"account.me">>(meKey)?.me;

async function askAnew(): Promise<void> {
  await queries.cancelQueries({ queryKey: meKey });
  await queries.invalidateQueries({ queryKey: meKey });
}

function forgetOthers(): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "account.me" });
}

function NotStaff({ signOut }: { signOut: () => void }) {
  return (
    <Card>
      <div className="stack">
        <h1>这个账号没有工作台的岗位</h1>
        <p>工作台给村、镇、县的工作人员使用。需要岗位时，请联系县里的安全管理员授权。</p>
        <Button onClick={signOut}>换一个账号</Button>
      </div>
    </Card>
  );
}

/**
 * Nothing is shown before both factors are. When the session ends while a page is open, the page stays as it was
 * underneath, hidden, and the same person finds it again; another person never does.
 */
export function Gate() {
  const session = useAsk("account.me", {});
  const [held, setHeld] = useState<Me | null>(null);
  const out = useAct("account.signOut");
  const me = session.data?.me ?? null;
  const staff = me?.may.includes("desk.open") ?? false;
  const inside = me?.strong && staff ? me : null;
  // Another tab signed in as somebody else: nothing of whoever was here is shown to them, or kept for them.
  const foreign = me !== null && held !== null && held.id !== me.id;
  const shown = foreign ? null : (inside ?? held);

  useEffect(() => {
    if (foreign) forgetOthers();
    if (inside || foreign) setHeld(inside);
  }, [inside, foreign]);
  useEffect(() => openedBy(me?.id ?? null), [me?.id]);
  const id = session.data && (me?.id ?? null);
  const strong = me?.strong ?? false;
  const leaving = useRef(false);
  useEffect(() => {
    if (id === undefined) return;
    windows?.postMessage({ id, strong, left: leaving.current } satisfies Told);
    leaving.current = false;
  }, [id, strong]);

  const letGo = useCallback(() => {
    setHeld(null);
    forgetOthers();
  }, []);
  useEffect(() => {
    const hear = async ({ data }: MessageEvent<Told>) => {
      const now = known();
      const same = now !== undefined && (now?.id ?? null) === data.id && (now?.strong ?? false) === data.strong;
      if (!same) await askAnew();
      if (data.left && known() === null) letGo();
    };
    windows?.addEventListener("message", hear);
    return () => windows?.removeEventListener("message", hear);
  }, [letGo]);

  const enter = (next: Me) => {
    if (held && held.id !== next.id) letGo();
    queries.setQueryData(meKey, { me: next });
    if (next.strong && held?.id === next.id) void queries.invalidateQueries();
  };
  const signOut = () => {
    out.mutate(
      {},
      {
        onSuccess: () => {
          leaving.current = true;
          letGo();
          queries.setQueryData(meKey, { me: null });
        },
      },
    );
  };

  return (
    <>
      {shown ? (
        <div hidden={!inside} key={shown.id}>
          <MeContext.Provider value={shown}>
            <Frame signOut={signOut} />
          </MeContext.Provider>
        </div>
      ) : null}
      {inside ? null : (
        <div className="gate">
          <main>
            {session.data ? null : <h1>工作台</h1>}
            {session.isPending && !session.error ? <Skeleton active={false} /> : null}
            {session.error && !session.data ? (
              <Trouble error={session.error} again={() => void session.refetch()} busy={session.isFetching} />
            ) : null}
            {session.data && !me ? <SignIn enter={enter} returning={held !== null} /> : null}
            {me && !staff ? <NotStaff signOut={signOut} /> : null}
            {me && staff ? <SecondFactor me={me} enter={enter} signOut={signOut} /> : null}
          </main>
        </div>
      )}
    </>
  );
}

import { Button, Card, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Frame } from "../../frame/frame.tsx";
import { type Me, MeContext } from "../../frame/me.ts";
import { queries, useAct, useAsk } from "../../query.ts";
import { type Out, openedBy } from "../../rpc.ts";
import { Trouble } from "../../ui/states.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { SignIn } from "./sign-in.tsx";

const meKey = ["account.me", {}];

/**
 * Windows of the desk tell each other who is here, by id: two side by side both stay in view, so neither would look again. What
 * one hears makes it ask the server, which alone is believed; what was on its way may still be an answer for whoever left.
 */
const windows = new BroadcastChannel("desk");
windows.onmessage = async ({ data: id }) => {
  const known = queries.getQueryData<Out<"account.me">>(meKey);
  if (known && (known.me?.id ?? null) === id) return;
  await queries.cancelQueries({ queryKey: meKey });
  await queries.invalidateQueries({ queryKey: meKey });
};

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
  useEffect(() => {
    if (id !== undefined) windows.postMessage(id);
  }, [id]);

  const enter = (next: Me) => {
    if (held && held.id !== next.id) {
      forgetOthers();
      setHeld(null);
    }
    queries.setQueryData(meKey, { me: next });
    if (next.strong && held?.id === next.id) void queries.invalidateQueries();
  };
  const signOut = () => {
    out.mutate(
      {},
      {
        onSuccess: () => {
          setHeld(null);
          forgetOthers();
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

import { Button, Text, View } from "@tarojs/components";
import Taro, { useRouter, useShareAppMessage, useUnload } from "@tarojs/taro";
import { type PropsWithChildren, useState } from "react";
import { call } from "../../api";
import { pay, reason } from "../../platform";

function Nest({ depth, children }: PropsWithChildren<{ depth: number }>) {
  return depth === 0 ? (
    <>{children}</>
  ) : (
    <View className={`nest d${depth}`}>
      <Nest depth={depth - 1}>{children}</Nest>
    </View>
  );
}

export default function Detail() {
  const { params } = useRouter();
  const [state, setState] = useState("空闲");
  useUnload(() => console.log("[detail] unload"));
  useShareAppMessage(({ from }) => ({
    title: `第${params.id}件`,
    path: `/pages/detail/index?id=${params.id}&from=${from}`,
  }));
  async function buy() {
    setState("支付中");
    try {
      await pay(await call("/orders", "POST", { itemId: Number(params.id) }));
      setState("已支付");
    } catch (error) {
      setState(`失败：${reason(error)}`);
    }
  }
  return (
    <View className="page">
      <Text id="title">
        第{params.id}件：{decodeURIComponent(params.t || "")}
      </Text>
      <Nest depth={20}>
        <View>
          <Text id="deep">深处的字</Text>
          <Button id="deepbtn" onClick={() => setState("深处点到了")}>
            深处
          </Button>
        </View>
      </Nest>
      <Text id="state">{state}</Text>
      <Button id="pay" onClick={buy}>
        支付
      </Button>
      <Button id="share" openType="share">
        转发
      </Button>
      <Button id="back" aria-label="返回" onClick={() => Taro.navigateBack()}>
        ‹
      </Button>
      <Button
        id="more"
        onClick={() => Taro.navigateTo({ url: "/pages/detail/index?id=9" }).catch((error) => setState(reason(error)))}
      >
        再开一页
      </Button>
    </View>
  );
}

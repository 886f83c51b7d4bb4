"""Muon for the matrices of the encoder, AdamW for the rest."""
import torch


def orthogonal(g):
    """The nearest orthogonal matrices, by five steps of Newton and Schulz."""
    x = g.bfloat16() if g.is_cuda else g.float()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """Matrices of one shape take their step together."""

    def __init__(self, parameters, lr, momentum=0.95, decay=0.01):
        shapes = {}
        for p in parameters:
            shapes.setdefault(p.shape, []).append(p)
        super().__init__([{"params": ps} for ps in shapes.values()], {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            params = group["params"]
            grads = torch.stack([p.grad for p in params])
            kept = self.state[params[0]].setdefault("kept", torch.zeros_like(grads))
            kept.lerp_(grads, 1 - group["momentum"])
            step = orthogonal(torch.lerp(grads, kept, group["momentum"])).to(grads.dtype)
            rows, columns = params[0].shape
            lr = group["lr"] * max(1, rows / columns) ** 0.5
            torch._foreach_mul_(params, 1 - group["lr"] * group["decay"])
            torch._foreach_add_(params, list(step.unbind()), alpha=-lr)


def schedule(share, warm=0.02):
    """The learning rate's factor when `share` of the time has passed."""
    return min(1.0, share / warm, max(0.01, (1 - share) / (1 - warm)))

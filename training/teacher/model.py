"""The encoder: a pre-norm transformer with rotary positions, and its heads."""
import torch
import torch.nn.functional as F
from torch import nn


class Config:
    def __init__(self, vocabulary, width=512, layers=12, heads=8, hidden=1408, length=512):
        self.vocabulary, self.width, self.layers, self.heads = vocabulary, width, layers, heads
        self.hidden, self.length = hidden, length


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, x.shape[-1:]).to(x.dtype) * self.weight.to(x.dtype)


def turns(length, size):
    """Cosines and sines of the rotary positions."""
    angle = torch.outer(torch.arange(length).float(), 10000 ** (-torch.arange(0, size, 2).float() / size))
    return angle.cos(), angle.sin()


def turn(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads = c.heads
        self.before, self.between = Norm(c.width), Norm(c.width)
        self.qkv = nn.Linear(c.width, 3 * c.width, bias=False)
        self.out = nn.Linear(c.width, c.width, bias=False)
        self.up = nn.Linear(c.width, 2 * c.hidden, bias=False)
        self.down = nn.Linear(c.hidden, c.width, bias=False)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x, cos, sin, mask, drop):
        b, t, w = x.shape
        q, k, v = self.qkv(self.before(x)).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        q, k = (F.rms_norm(z, (z.shape[-1],)) for z in (q, k))
        q, k = turn(q, cos, sin).to(v.dtype), turn(k, cos, sin).to(v.dtype)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + F.dropout(self.out(y.transpose(1, 2).reshape(b, t, w)), drop, self.training)
        gate, up = self.up(self.between(x)).chunk(2, -1)
        return x + F.dropout(self.down(F.silu(gate) * up), drop, self.training)


class Encoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.config = c
        self.embed = nn.Embedding(c.vocabulary, c.width)
        nn.init.normal_(self.embed.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.first, self.last = Norm(c.width), Norm(c.width)
        cos, sin = turns(c.length, c.width // c.heads)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def forward(self, pieces, mask=None, drop=0.0):
        """`mask` is true where a piece may be looked at; None if all may."""
        t = pieces.shape[1]
        x = F.dropout(self.first(self.embed(pieces)), drop, self.training)
        if x.is_cuda:
            x = x.to(torch.bfloat16)
        if mask is not None:
            mask = torch.zeros(mask.shape, dtype=x.dtype, device=x.device).masked_fill(~mask, -torch.inf)
            mask = mask[:, None, None, :].expand(-1, -1, t, -1)
        for layer in self.layers:
            x = layer(x, self.cos[:t], self.sin[:t], mask, drop)
        return self.last(x)


class Guesser(nn.Module):
    """Guesses masked pieces from what stands at their places."""

    def __init__(self, encoder):
        super().__init__()
        c = encoder.config
        self.encoder = encoder
        self.dense, self.norm = nn.Linear(c.width, c.width), Norm(c.width)
        self.bias = nn.Parameter(torch.zeros(c.vocabulary))

    def forward(self, states, wanted):
        x = self.norm(F.gelu(self.dense(states)))
        return F.cross_entropy(F.linear(x, self.encoder.embed.weight.to(x.dtype), self.bias.to(x.dtype)).float(), wanted)


class Tagger(nn.Module):
    """An encoder with a head for each task, and one for the letters in front of a name."""

    def __init__(self, encoder, tasks):
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: nn.Linear(encoder.config.width, size) for name, size in tasks.items()})
        self.cut = nn.Linear(encoder.config.width, 4)
        for head in (*self.heads.values(), self.cut):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

//! Logistic regression over hashed features that hold or do not.

/// One case: its features as numbers of weights, whether it is right, and how
/// much it counts.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Weights that hold.
    pub features: Vec<u32>,
    /// The answer.
    pub right: bool,
    /// How much the case counts.
    pub weight: f32,
}

/// Steps of the descent; by then the weights have come to rest.
const STEPS: usize = 400;
const RATE: f32 = 0.3;

/// Learns `size` weights, of which those that fewer than two cases share stay
/// zero. `penalty` pulls all but the weight `free` toward zero.
pub fn logistic(cases: &[Instance], size: usize, penalty: f32, free: u32) -> Vec<f32> {
    let mut seen = vec![0u32; size];
    for &f in cases.iter().flat_map(|c| &c.features) {
        seen[f as usize] += 1;
    }
    let shared: Vec<usize> = (0..size).filter(|&f| seen[f] > 1).collect();
    let mut weights = vec![0.0f32; size];
    let mut gradient = vec![0.0f32; size];
    let mut squares = vec![1e-6f32; size];
    for _ in 0..STEPS {
        for &f in &shared {
            gradient[f] = if f == free as usize {
                0.0
            } else {
                penalty * weights[f]
            };
        }
        for case in cases {
            let miss = chance(&weights, &case.features) - f32::from(u8::from(case.right));
            for &f in &case.features {
                gradient[f as usize] += case.weight * miss;
            }
        }
        for &f in &shared {
            squares[f] += gradient[f] * gradient[f];
            weights[f] -= RATE * gradient[f] / squares[f].sqrt();
        }
    }
    weights
}

/// What the weights make of a case, 0 to 1.
pub fn chance(weights: &[f32], features: &[u32]) -> f32 {
    let sum: f32 = features.iter().map(|&f| weights[f as usize]).sum();
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_gets_the_weight() {
        // Feature 1 decides, 2 is noise, 0 always holds.
        let case = |features: &[u32], right| Instance {
            features: features.to_vec(),
            right,
            weight: 1.0,
        };
        let cases = [
            case(&[0, 1], true),
            case(&[0, 1, 2], true),
            case(&[0], false),
            case(&[0, 2], false),
        ];
        let weights = logistic(&cases, 4, 0.1, 0);
        assert!(chance(&weights, &[0, 1, 2]) > 0.8);
        assert!(chance(&weights, &[0, 2]) < 0.2);
        assert!(weights[2].abs() < 0.1);
    }
}
